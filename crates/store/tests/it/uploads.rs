//! Files that clients have given us.

use filmgate_store::UploadRow;

use crate::world::{T0, World};

#[tokio::test]
async fn an_upload_is_there_until_it_expires_and_then_forgotten() {
    let world = World::new();
    let account = world.store.create(world.task(1)).await.unwrap().account;
    let row = UploadRow {
        key: [7; 16],
        account,
        path: "images/fox.png".into(),
        mime: "image/png".into(),
        bytes: 9,
        sha256: [1; 32],
        created: T0,
        expires: T0.after(1_000),
    };
    world.store.add_upload(row.clone()).await.unwrap();
    assert_eq!(world.store.upload([7; 16], T0.after(999)).unwrap(), Some(row));
    assert_eq!(world.store.upload([7; 16], T0.after(1_000)).unwrap(), None);
    assert!(world.store.expire_uploads(T0.after(999)).await.unwrap().is_empty());
    assert_eq!(world.store.expire_uploads(T0.after(1_000)).await.unwrap(), [[7; 16]]);
    assert_eq!(world.store.upload([7; 16], T0).unwrap(), None);
}
