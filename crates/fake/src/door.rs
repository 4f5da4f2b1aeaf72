//! The listener: accepts, and for cuts before the connection refuses or lets connects hang.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use socket2::{Domain, SockRef, Socket, Type};

use crate::connection;
use crate::cut::{CutPoint, Door, NARROW_BYTES};
use crate::world::{State, World};

const BACKLOG: i32 = 1024;
/// How long one accept waits before the door is looked at again.
const GLANCE: Duration = Duration::from_millis(5);
/// The receive buffer of a connection that will not hang.
const WIDE_BYTES: usize = 256 * 1024;
/// How long a connect may take on loopback before the backlog counts as full.
const FULL: Duration = Duration::from_millis(40);

/// Binds to a port that must be free. From then on a spare may be bound beside it, so that it can be closed and not be
/// lost.
pub(crate) fn bind(port: u16) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], port)).into())?;
    // Only now: set before, it would share the port with another fake that runs there.
    socket.set_reuse_port(true)?;
    Ok(socket)
}

/// Binds beside the listener; a connect is refused when only this is left.
fn bind_spare(port: u16) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_reuse_port(true)?;
    socket.bind(&SocketAddr::from(([127, 0, 0, 1], port)).into())?;
    Ok(socket)
}

/// Makes a bound socket listen.
pub(crate) fn open(socket: Socket) -> io::Result<TcpListener> {
    socket.listen(BACKLOG)?;
    socket.set_read_timeout(Some(GLANCE))?;
    Ok(socket.into())
}

/// Accepts until the fake stops.
pub(crate) fn keep(world: &Arc<World>, mut listener: TcpListener) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let mut number = 0;
    loop {
        let (wanted, stands) = {
            let state = world.lock();
            if state.stopping {
                return Ok(());
            }
            (state.behaviour.door(), state.door)
        };
        match wanted {
            Door::Open | Door::Narrow => {
                if wanted != stands {
                    let bytes = if wanted == Door::Narrow { NARROW_BYTES } else { WIDE_BYTES };
                    SockRef::from(&listener).set_recv_buffer_size(bytes)?;
                    stand(world, wanted);
                }
                // An error is the peer's, a lack of file descriptors, or that nobody came.
                if let Ok((stream, _)) = listener.accept() {
                    number += 1;
                    connection::start(world, stream, number);
                }
            }
            Door::Refusing => listener = refuse(world, listener, port)?,
            Door::Hanging => hang(world, &listener, port)?,
        }
    }
}

fn stand(world: &World, door: Door) {
    world.lock().door = door;
    world.tell();
}

/// Closes the port for its time and opens it again.
fn refuse(world: &World, listener: TcpListener, port: u16) -> io::Result<TcpListener> {
    let spare = bind_spare(port)?;
    drop(listener);
    stand(world, Door::Refusing);
    outlast(world, Door::Refusing, |state| state.behaviour.refuse_ms);
    open(spare)
}

/// Fills the backlog, so that the kernel drops further connects, and empties it when the time is over.
fn hang(world: &World, listener: &TcpListener, port: u16) -> io::Result<()> {
    SockRef::from(listener).listen(0)?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut fillers = Vec::new();
    while let Ok(filler) = TcpStream::connect_timeout(&address, FULL) {
        fillers.push(filler);
    }
    stand(world, Door::Hanging);
    outlast(world, Door::Hanging, |state| state.behaviour.connect_hang_ms);
    // Whatever is in the backlog came before the hanging began: it is nobody's create.
    for _ in &fillers {
        drop(listener.accept());
    }
    SockRef::from(listener).listen(BACKLOG)
}

/// Waits until the cut that wants this door is over: after its time, or because a test took it back.
fn outlast(world: &World, door: Door, time_ms: fn(&State) -> u64) {
    let mut wanted = true;
    while wanted {
        let time = Duration::from_millis(time_ms(&world.lock()));
        let changed = world.wait_until(time, |state| state.stopping || state.behaviour.door() != door);
        if !changed {
            world.claim(CutPoint::BeforeConnect, 0);
        }
        let state = world.lock();
        wanted = !state.stopping && state.behaviour.door() == door;
    }
}
