# A NixOS module, as a sketch: it was written by the manual and never built. In configuration.nix:
#   imports = [ ./taure.nix ];
#   services.taure = { enable = true; package = pkgs.callPackage ./taure-package.nix { }; };
{ config, lib, ... }:
let cfg = config.services.taure;
in {
  options.services.taure = {
    enable = lib.mkEnableOption "Taure, a Mastodon for one person";
    package = lib.mkOption { type = lib.types.package; description = "The package that has bin/taure."; };
    settings = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      default = { };
      example = { TAURE_LISTEN = "127.0.0.1:8080"; };
      description = "Variables of the environment, as the README lists them.";
    };
  };

  config = lib.mkIf cfg.enable {
    users.users.taure = { isSystemUser = true; group = "taure"; home = "/var/lib/taure"; };
    users.groups.taure = { };
    systemd.services.taure = {
      description = "Taure, a Mastodon for one person";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network-online.target" ];
      after = [ "network-online.target" ];
      environment = { TAURE_DATA = "/var/lib/taure"; } // cfg.settings;
      serviceConfig = {
        ExecStart = "${cfg.package}/bin/taure serve";
        User = "taure";
        StateDirectory = "taure";
        StateDirectoryMode = "0700";
        AmbientCapabilities = "CAP_NET_BIND_SERVICE";
        CapabilityBoundingSet = "CAP_NET_BIND_SERVICE";
        Restart = "on-failure";
        LimitNOFILE = 8192;
        NoNewPrivileges = true;
        ProtectSystem = "strict";
        ProtectHome = true;
        PrivateTmp = true;
        PrivateDevices = true;
        UMask = "0077";
      };
    };
  };
}
