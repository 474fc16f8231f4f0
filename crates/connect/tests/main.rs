//! The connectors against servers on this machine.

mod ofx;
