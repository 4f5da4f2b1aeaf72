//! The folder of finished films: part files become films under their final name, durable before anybody is told.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use filmgate_domain::task::Film;
use sha2::{Digest as _, Sha256};

/// Where films and stored pictures lie.
#[derive(Clone, Debug)]
pub struct Films {
    films: PathBuf,
    parts: PathBuf,
    pictures: PathBuf,
}

impl Films {
    /// The folders below the data folder, made if they are not there.
    pub fn open(data: &Path) -> std::io::Result<Self> {
        let made = |name: &str| {
            let folder = data.join(name);
            filmgate_store::private_folder(&folder).map(|()| folder)
        };
        Ok(Self { films: made("films")?, parts: made("parts")?, pictures: made("pictures")? })
    }

    /// The folder of pictures that are named by their SHA-256.
    pub fn pictures(&self) -> &Path {
        &self.pictures
    }

    /// Where the film with this key is written while it is made. The key is its final name, so that storing it a
    /// second time after a crash finds it again.
    pub fn part(&self, key: &str) -> PathBuf {
        self.parts.join(format!("{key}.part"))
    }

    /// Where the finished film with this key lies.
    pub fn path(&self, key: &str) -> PathBuf {
        self.films.join(key.get(..2).unwrap_or("00")).join(format!("{key}.mp4"))
    }

    /// Stores a finished part file: hashed, synced, renamed. `None` if neither the part nor the film is there any more.
    pub fn keep(&self, key: &str) -> std::io::Result<Option<Film>> {
        let (part, path) = (self.part(key), self.path(key));
        let found = [&part, &path].into_iter().find(|file| file.exists());
        let Some(found) = found else { return Ok(None) };
        let mut file = std::fs::File::open(found)?;
        let (sha256, bytes) = hash(&mut file)?;
        if bytes == 0 {
            return Ok(None);
        }
        file.sync_all()?;
        if found == &part {
            let folder = path.parent().unwrap_or(&self.films);
            std::fs::create_dir_all(folder)?;
            std::fs::rename(&part, &path)?;
            sync_folder(folder)?;
            sync_folder(&self.films)?;
        }
        Ok(Some(Film { key: key.to_owned(), sha256, bytes }))
    }

    /// Removes a part file that nobody will finish.
    pub fn discard(&self, key: &str) {
        drop(std::fs::remove_file(self.part(key)));
    }

    /// Stores a picture of this machine's user under its SHA-256 and returns that.
    pub fn keep_picture(&self, bytes: &[u8]) -> std::io::Result<String> {
        let name = hex::encode(Sha256::digest(bytes));
        let path = self.pictures.join(&name);
        if !path.exists() {
            let part = self.pictures.join(format!("{name}.part"));
            std::fs::write(&part, bytes)?;
            std::fs::File::open(&part)?.sync_all()?;
            std::fs::rename(part, path)?;
            sync_folder(&self.pictures)?;
        }
        Ok(name)
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
}
