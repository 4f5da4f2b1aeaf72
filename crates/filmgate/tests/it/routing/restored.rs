//! A database that was restored from an older copy does not send again what was sent since.

use std::path::Path;

use super::site::{Site, eventually, fake, free_port, kie};

const FILES: [&str; 2] = ["filmgate.sqlite3", "filmgate.sqlite3-wal"];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    drop(std::fs::remove_file(to.join("filmgate.sqlite3-shm")));
    for name in FILES {
        drop(std::fs::remove_file(to.join(name)));
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
}

#[test]
fn after_a_restore_paid_tasks_that_are_called_unsent_are_in_doubt_and_not_sent_again() {
    let fake = fake(|behaviour| behaviour.run_ms = Some(50));
    let mut site = Site::start(&[kie(&fake)]);
    // Nothing can be sent while the upstream cannot be reached.
    site.stop();
    let nowhere = format!("http://127.0.0.1:{}", free_port());
    site.set("KIE_BASE_URL", &nowhere);
    site.serve();
    let id = site.create();
    eventually("an attempt that never left", || (site.task(&id)["attempts"] == 1).then_some(()));
    site.stop();
    let (data, backup) = (site.folder.path().join("data"), site.folder.path().join("copy"));
    copy(&data, &backup);

    site.set("KIE_BASE_URL", &fake.url());
    site.serve();
    site.until(&id, "succeeded");
    site.stop();
    assert_eq!(fake.handle().creates_seen(), 1);

    copy(&backup, &data);
    assert!(site.printed(&["doctor"]).contains("restored from a copy"));
    site.serve();
    site.until(&id, "in_doubt");
    site.stop();
    site.serve();
    assert_eq!(site.task(&id)["phase"], "in_doubt", "an ordinary start changes nothing");
    assert_eq!(fake.handle().creates_seen(), 1, "nothing was sent again");
    site.verify();
}
