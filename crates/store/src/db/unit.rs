//! A unit of work on its way to SQLite's writer, and its result on the way back.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use tokio::sync::oneshot;

use super::error::StoreError;
use super::sqlite::Unit;
use super::tx::Tx;

/// The closure of a [`Store::write`](crate::db::Store::write), its result, and who waits for it.
pub(super) struct Work<F, T, E> {
    closure: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work<F, T, E> {
    pub(super) fn new(closure: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (reply, answer) = oneshot::channel();
        (Self { closure: Some(closure), result: None, reply }, answer)
    }
}

impl<F, T, E> Unit for Work<F, T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(&mut self, tx: &Tx) -> bool {
        let Some(closure) = self.closure.take() else {
            return false;
        };
        // Every query of a SQLite connection is done when it returns, so one poll runs the closure to its end.
        let result = match pin!(closure(tx)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => Err(StoreError::internal(WAITED).into()),
        };
        let succeeded = result.is_ok();
        self.result = Some(result);
        succeeded
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        let none = || Err(StoreError::internal("a unit of work gave no result").into());
        let result = match outcome {
            Ok(()) => self.result.unwrap_or_else(none),
            Err(error) => Err(error.into()),
        };
        // The caller may have gone: what is committed is committed.
        drop(self.reply.send(result));
    }
}

const WAITED: &str = "a unit of work waited for something other than the database";
