//! The folder of finished films: part files become films under their final name, durable before anybody is told.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use filmgate_domain::task::{CopyKind, Film, FilmCopy};
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};
use rustix::io::Errno;
use sha2::{Digest as _, Sha256};

use crate::app::App;

/// Longer than any deadline that matters: a part file this old has no task that waits for it.
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Tells the part files of this process's pictures from each other.
static PICTURES_KEPT: AtomicU64 = AtomicU64::new(0);

/// Where films and stored pictures lie.
#[derive(Clone, Debug)]
pub struct Films {
    films: PathBuf,
    parts: PathBuf,
    pictures: PathBuf,
    uploads: PathBuf,
}

impl Films {
    /// The folders below the data folder, made if they are not there.
    pub fn open(data: &Path) -> std::io::Result<Self> {
        let made = |name: &str| {
            let folder = data.join(name);
            filmgate_store::private_folder(&folder).map(|()| folder)
        };
        let (films, parts) = (made("films")?, made("parts")?);
        Ok(Self { films, parts, pictures: made("pictures")?, uploads: made("uploads")? })
    }

    /// The folder of pictures that are named by their SHA-256.
    pub fn pictures(&self) -> &Path {
        &self.pictures
    }

    /// The folder of clients' own files, each called like the key of its link.
    pub fn uploads(&self) -> &Path {
        &self.uploads
    }

    /// Keeps a client's file under a key that nobody can guess, durable before anybody is told.
    pub fn keep_upload(&self, key: &str, bytes: &[u8]) -> std::io::Result<[u8; 32]> {
        let path = self.uploads.join(key);
        std::fs::write(&path, bytes)?;
        std::fs::File::open(&path)?.sync_all()?;
        sync_folder(&self.uploads)?;
        Ok(Sha256::digest(bytes).into())
    }

    /// The keys of clients' files that are older than this; whatever the database knows of them.
    pub fn old_uploads(&self, older_than: Duration) -> std::io::Result<Vec<String>> {
        old(&self.uploads, older_than)
    }

    /// Removes a client's file that has expired.
    pub fn forget_upload(&self, key: &str) {
        drop(std::fs::remove_file(self.uploads.join(key)));
    }

    /// Where the film with this key is written while it is made. The key is its final name, so that storing it a
    /// second time after a crash finds it again.
    pub fn part(&self, key: &str) -> PathBuf {
        self.parts.join(format!("{key}.part"))
    }

    /// Where a download goes until it is whole; each one has a place of its own, because a successor may download the same film.
    pub fn incoming(&self, key: &str, download: u128) -> PathBuf {
        self.parts.join(format!("{key}.{download:032x}.incoming"))
    }

    /// A download is whole and synced: it becomes the part file.
    pub fn arrived(&self, incoming: &Path, key: &str) -> std::io::Result<()> {
        std::fs::rename(incoming, self.part(key))?;
        sync_folder(&self.parts)
    }

    /// Where the finished film with this key lies.
    pub fn path(&self, key: &str) -> PathBuf {
        self.films.join(key.get(..2).unwrap_or("00")).join(format!("{key}.mp4"))
    }

    /// Whether the film with this key is here already, whole: as a part file or stored.
    pub fn is_here(&self, key: &str) -> bool {
        self.part(key).exists() || self.path(key).exists()
    }

    /// Stores a finished film with what was made beside it. `None` if any of it is gone.
    pub fn keep_with_copies(&self, key: &str, copies: &[CopyKind]) -> std::io::Result<Option<Film>> {
        let mut kept = Vec::new();
        for kind in copies {
            let Some(Film { key, sha256, bytes, .. }) = self.keep(&copy_key(key, *kind))? else {
                return Ok(None);
            };
            kept.push(FilmCopy { kind: *kind, key, sha256, bytes });
        }
        Ok(self.keep(key)?.map(|film| Film { copies: kept, ..film }))
    }

    /// Stores a finished part file: hashed, synced, renamed. `None` if neither the part nor the film is there any more.
    /// A worker and the successor that believes it dead may both do so: they find the same film.
    pub fn keep(&self, key: &str) -> std::io::Result<Option<Film>> {
        let (part, path) = (self.part(key), self.path(key));
        let folder = path.parent().unwrap_or(&self.films);
        filmgate_store::private_folder(folder)?;
        let Some(mut file) = if_there(std::fs::File::open(&part))?.or(if_there(std::fs::File::open(&path))?)
        else {
            return Ok(None);
        };
        let (sha256, bytes) = hash(&mut file)?;
        if bytes == 0 {
            return Ok(None);
        }
        file.sync_all()?;
        if_there(std::fs::rename(&part, &path))?;
        sync_folder(folder)?;
        sync_folder(&self.films)?;
        Ok(Some(Film { key: key.to_owned(), sha256, bytes, copies: vec![] }))
    }

    /// Removes part files that no process can still be writing.
    pub fn sweep(&self) -> std::io::Result<()> {
        remove_old(&self.parts, ABANDONED_AFTER)
    }

    /// Removes stored pictures that nobody has named for so long.
    pub fn sweep_pictures(&self, unused_for: Duration) -> std::io::Result<()> {
        remove_old(&self.pictures, unused_for)
    }

    /// Removes a part file that nobody will finish.
    pub fn discard(&self, key: &str) {
        drop(std::fs::remove_file(self.part(key)));
    }

    /// Keeps a picture that was painted of a film, beside it; it can be painted again, so it needs not survive a power cut.
    pub fn keep_still(&self, key: &str, ending: &str, bytes: &[u8]) -> std::io::Result<()> {
        let part = self.parts.join(format!("{key}.{ending}"));
        std::fs::write(&part, bytes)?;
        std::fs::rename(part, self.path(key).with_extension(ending))
    }

    /// Removes a stored film for ever, and the pictures that were painted of it.
    pub fn remove(&self, key: &str) -> std::io::Result<()> {
        let path = self.path(key);
        for ending in ["webp", "card.jpg", "jpg"] {
            if_there(std::fs::remove_file(path.with_extension(ending)))?;
        }
        if_there(std::fs::remove_file(path)).map(drop)
    }

    /// Stores a picture of this machine's user under its SHA-256 and returns that.
    pub fn keep_picture(&self, bytes: &[u8]) -> std::io::Result<String> {
        let name = hex::encode(Sha256::digest(bytes));
        if !self.touch_picture(&name) {
            // Two clients may bring the same picture in the same moment.
            let number = PICTURES_KEPT.fetch_add(1, Ordering::Relaxed);
            let part = self.pictures.join(format!("{name}.{}-{number}.part", std::process::id()));
            std::fs::write(&part, bytes)?;
            std::fs::File::open(&part)?.sync_all()?;
            std::fs::rename(part, self.pictures.join(&name))?;
            sync_folder(&self.pictures)?;
        }
        Ok(name)
    }

    /// Whether a stored picture is there. Being asked for keeps it for longer.
    pub fn touch_picture(&self, name: &str) -> bool {
        let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
        let times = Timestamps { last_access: now, last_modification: now };
        // Where its time cannot be set it is there all the same.
        utimensat(CWD, self.pictures.join(name), &times, AtFlags::empty()) != Err(Errno::NOENT)
    }
}

/// Removes every file of a task's film; its row stays, which explains what was paid.
pub async fn forget(app: &App, seq: i64) -> anyhow::Result<()> {
    let keys = app.store.film_keys(seq)?;
    let films = app.films.clone();
    tokio::task::spawn_blocking(move || keys.iter().try_for_each(|key| films.remove(key))).await??;
    Ok(())
}

/// The key of a copy: nobody who has the film's link can be kept from it, and nobody else can guess it.
pub fn copy_key(key: &str, kind: CopyKind) -> String {
    let hash = Sha256::new().chain_update(key).chain_update(kind.word()).finalize();
    hex::encode(hash.get(..16).unwrap_or_default())
}

/// The names of a folder's files that are older than this. A file may go while they are looked at.
fn old(folder: &Path, older_than: Duration) -> std::io::Result<Vec<String>> {
    let mut old = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let modified = if_there(entry.metadata().and_then(|metadata| metadata.modified()))?;
        if modified.is_some_and(|modified| modified.elapsed().unwrap_or_default() > older_than) {
            old.extend(entry.file_name().into_string());
        }
    }
    Ok(old)
}

fn remove_old(folder: &Path, older_than: Duration) -> std::io::Result<()> {
    old(folder, older_than)?
        .iter()
        .try_for_each(|name| if_there(std::fs::remove_file(folder.join(name))).map(drop))
}

/// Nothing, instead of an error, where there is no such file.
fn if_there<T>(outcome: std::io::Result<T>) -> std::io::Result<Option<T>> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn hash(file: &mut std::fs::File) -> std::io::Result<([u8; 32], u64)> {
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0; 64 * 1024], 0);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((hasher.finalize().into(), bytes)),
            read => {
                hasher.update(&buffer[..read]);
                bytes += read as u64;
            }
        }
    }
}

fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_is_stored_once_and_found_again_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let films = Films::open(folder.path()).unwrap();
        let key = "ab".repeat(16);
        assert_eq!(films.keep(&key).unwrap(), None);
        std::fs::write(films.part(&key), b"film").unwrap();
        let film = films.keep(&key).unwrap().unwrap();
        assert_eq!(
            (film.bytes, std::fs::read(films.path(&key)).unwrap().as_slice()),
            (4, b"film".as_slice())
        );
        assert!(!films.part(&key).exists());
        assert_eq!(
            films.keep(&key).unwrap(),
            Some(film),
            "the crash came after the rename and before the commit"
        );
    }

    #[test]
    fn an_empty_part_is_no_film() {
        let folder = tempfile::tempdir().unwrap();
        let films = Films::open(folder.path()).unwrap();
        std::fs::write(films.part("cd"), b"").unwrap();
        assert_eq!(films.keep("cd").unwrap(), None);
    }

    #[test]
    fn a_picture_is_swept_when_nobody_has_named_it_for_long_and_kept_when_somebody_has() {
        let folder = tempfile::tempdir().unwrap();
        let films = Films::open(folder.path()).unwrap();
        let day = Duration::from_secs(86_400);
        let [forgotten, brought_again, named_again, young] =
            [b"a", b"b", b"c", b"d"].map(|bytes| films.keep_picture(bytes).unwrap());
        for name in [&forgotten, &brought_again, &named_again] {
            let file = std::fs::File::options().write(true).open(films.pictures().join(name)).unwrap();
            let modified = file.metadata().unwrap().modified().unwrap();
            file.set_modified(modified - 31 * day).unwrap();
        }
        assert_eq!(films.keep_picture(b"b").unwrap(), brought_again);
        assert!(films.touch_picture(&named_again));
        films.sweep_pictures(30 * day).unwrap();
        let is_there = |name: &String| films.pictures().join(name).exists();
        let all = [&forgotten, &brought_again, &named_again, &young];
        assert_eq!(all.map(is_there), [false, true, true, true]);
        assert!(!films.touch_picture(&forgotten));
        assert_eq!(films.keep_picture(b"a").unwrap(), forgotten, "whoever brings it again has it again");
        assert!(is_there(&forgotten));
    }
}
