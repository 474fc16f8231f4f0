//! Keeping the memory of this process out of files: the master key lies in it, as long as a server runs.

use std::io;

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// From here on no core is written when the process crashes. Outside a sandbox its memory is also closed to other
/// processes of the same user, and to whatever the system hands crashed processes to.
pub fn forbid(is_sandbox: bool) -> io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    if !is_sandbox {
        set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    }
    Ok(())
}
