//! Whole files.

use std::io::Cursor;

use super::{Film, clean};
use crate::error::Result;

fn cleaned(file: &[u8]) -> Result<(Film, Vec<u8>)> {
    let mut out = Cursor::new(Vec::new());
    let film = clean(&mut Cursor::new(file), &mut out)?;
    Ok((film, out.into_inner()))
}

#[test]
#[ignore]
fn by_hand() {
    let dir = std::env::var("CLEAN_DIR").unwrap();
    for entry in std::fs::read_dir(&dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".py") || name.ends_with(".srt") || path.is_dir() { continue; }
        let t = std::time::Instant::now();
        let _ = std::fs::create_dir(format!("{dir}/out"));
        let to = format!("{dir}/out/{name}");
        let mut f = std::fs::File::open(&path).unwrap();
        let mut o = std::fs::File::create(&to).unwrap();
        match clean(&mut f, &mut o) {
            Ok(mut film) => {
                let poster = film.poster.take().map(|p| p.len());
                let dest = format!("{dir}/out/{name}.{}", film.ext);
                std::fs::rename(&to, dest).unwrap();
                println!("OK {name}\t{poster:?} {:?} {} {}x{} {:.4}s {:?} {}bps sound={} {:?} {:?} {}B in {:?}", film.kind, film.mime, film.width, film.height, film.duration, film.frame_rate, film.bitrate, film.sound, film.video_codec, film.audio_codec, film.bytes, t.elapsed());
            }
            Err(e) => { println!("NO {name}\t{e} {:?}", t.elapsed()); std::fs::remove_file(to).unwrap(); }
        }
    }
}
