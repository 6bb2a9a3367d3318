"""Whether a file that is served tells more than its pictures and sounds. Needs exiftool."""
import json
import re
import subprocess
import tempfile
from pathlib import Path

# What the files of fixtures/media hold in every place for words, and a place on earth in the spellings of films.
PLANTED = "Planted-7f3a"
SECRETS = [text.encode(code) for text in (PLANTED, "+56.9487", "56,56.9187N")
           for code in ("utf-8", "utf-16-le", "utf-16-be")]

# What exiftool may find, by its group: the shape of the file, and nothing that somebody wrote.
STRUCTURE = {
    "ExifTool": "ExifToolVersion",
    "System": "\\w+",
    "File": "FileType FileTypeExtension MIMEType ImageWidth ImageHeight EncodingProcess BitsPerSample ColorComponents "
            "YCbCrSubSampling",
    "Composite": "ImageSize Megapixels AvgBitrate Rotation Duration",
    "JFIF": "JFIFVersion ResolutionUnit XResolution YResolution",
    "PNG": "ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace Palette Transparency",
    "GIF": "GIFVersion ImageWidth ImageHeight HasColorMap ColorResolutionDepth BitsPerPixel BackgroundColor "
           "AnimationIterations TransparentColor FrameCount Duration",
    "RIFF": "WebP_Flags ImageWidth ImageHeight VP8Version HorizontalScale VerticalScale AlphaIsUsed Encoding NumChannels "
            "SampleRate AvgBytesPerSec BitsPerSample NumberOfSamples",
    "QuickTime": "MajorBrand MinorVersion CompatibleBrands Free Wide MediaData MediaDataSize MediaDataOffset "
                 "MovieHeaderVersion CreateDate ModifyDate TimeScale Duration PreferredRate PreferredVolume "
                 "MatrixStructure PreviewTime PreviewDuration PosterTime SelectionTime SelectionDuration CurrentTime "
                 "NextTrackID HandlerType MovieFragmentSequence Unknown_(mvex|moof|mfra|sidx|styp)",
    "Track": "TrackHeaderVersion TrackCreateDate TrackModifyDate TrackID TrackDuration TrackLayer TrackVolume "
             "MatrixStructure ImageWidth ImageHeight MediaHeaderVersion MediaCreateDate MediaModifyDate MediaTimeScale "
             "MediaDuration MediaLanguageCode HandlerClass HandlerType HandlerDescription GraphicsMode OpColor "
             "CompressorID CompressorName VendorID SourceImageWidth SourceImageHeight XResolution YResolution BitDepth "
             "AVCConfiguration HEVCConfiguration BufferSize MaxBitrate AverageBitrate VideoFrameRate SyncSampleTable "
             "IdependentAndDisposableSamples CompositionTimeToSample CompositionToDecodeTimelineMapping SampleToChunk "
             "SampleSizes ChunkOffset ChunkOffset64 TimeToSampleTable SampleGroupDescription SampleToGroup Balance "
             "AudioFormat AudioChannels AudioBitsPerSample AudioSampleRate PurchaseFileFormat LayoutFlags "
             "PixelAspectRatio ColorProfiles ColorPrimaries TransferCharacteristics MatrixCoefficients "
             "VideoFullRangeFlag ColorRepresentation CleanAperture "
             "Unknown_(edts|elst|mp4a|esds|btrt|hvcC|av1C|vpcC|dOps|dfLa|frma|wave|chan|fiel|sgpd|sbgp) "
             "TrackNumber TrackUID TrackLacing TrackLanguage TrackDefault TrackEnabled TrackUsed TrackForced CodecID "
             "TrackType CodecPrivate DefaultDuration DisplayWidth DisplayHeight DisplayUnit VideoScanType "
             "AudioOutputSampleRate AlphaMode Matroska_0x(16aa|16bb|16b0|15b0|15b1|15b7|15b9|15ba|15bb)",
    "Matroska": "EBMLVersion EBMLReadVersion EBMLMaxIDLength EBMLMaxSizeLength DocType DocTypeVersion "
                "DocTypeReadVersion SeekID SeekPosition TimecodeScale Duration MuxingApp WritingApp Void",
    "MPEG": "MPEGAudioVersion AudioLayer AudioBitrate SampleRate ChannelMode MSStereo IntensityStereo CopyrightFlag "
            "OriginalMedia Emphasis VBRFrames VBRBytes VBRScale Encoder LameVBRQuality LameQuality LameMethod "
            "LameLowPassFilter LameBitrate LameStereoMode ModeExtension",
    "Vorbis": "VorbisVersion AudioChannels SampleRate NominalBitrate MinimumBitrate MaximumBitrate Vendor",
    "Opus": "OpusVersion AudioChannels SampleRate OutputGain",
    "FLAC": "BlockSizeMin BlockSizeMax FrameSizeMin FrameSizeMax SampleRate Channels BitsPerSample TotalSamples "
            "MD5Signature Padding",
}
# Where a value could tell something although the tag is part of the shape.
NEUTRAL = {
    r".*Date$": r"0000:00:00 00:00:00.*",
    r"HandlerDescription": r"(Video|Sound|Data)Handler|(Core Media|Apple) .*|",
    r"CompressorName": r"",
    r"TrackLanguage|MediaLanguageCode": r".{0,3}|Unknown.*|English",
}


def tags(data, name="file"):
    """Group:tag -> value of everything that exiftool finds in the bytes."""
    with tempfile.TemporaryDirectory(prefix="taure-test-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        done = subprocess.run(["exiftool", "-j", "-a", "-G1", "-u", str(path)], capture_output=True, text=True,
                              timeout=60, check=False)
    # Twice the same key, and JSON keeps the last alone.
    found = json.loads(done.stdout, object_pairs_hook=list)[0]
    return [(key, value) for key, value in found if key != "SourceFile"]


def talkative(data, name="file"):
    """The tags that are no part of the shape of the file, with their values; empty when it is clean."""
    loud = []
    for key, value in tags(data, name):
        group, tag = key.split(":", 1)
        group = re.sub(r"^Track\d+$", "Track", group)
        known = any(re.fullmatch(one, tag) for one in STRUCTURE.get(group, "").split())
        told = group != "System" and any(re.fullmatch(which, tag) and not re.fullmatch(shape, str(value))
                                         for which, shape in NEUTRAL.items())
        if not known or told:
            loud.append(f"{key}={str(value)[:80]}")
    return loud


def secrets_in(data):
    """Which planted words stand in the bytes, and what else stands in no picture or film."""
    found = [secret.decode("latin-1") for secret in SECRETS if secret in data]
    return found + [text.decode() for text in (b"<script", b"planted.txt", b"<x:xmpmeta") if text in data]


def ends_at_once(data):
    """Whether nothing stands behind the end of a picture; other files are not looked at."""
    if data.startswith(b"\xff\xd8"):
        return data.endswith(b"\xff\xd9") and data.count(b"\xff\xd8\xff") == 1
    if data.startswith(b"\x89PNG"):
        return data.endswith(b"\0\0\0\0IEND\xae\x42\x60\x82") and data.count(b"IEND") == 1
    return not data.startswith(b"GIF8") or data.endswith(b"\0\x3b")
