//! What is kept of the steps of a job.

use riverbank_model::job_step::{StepEnding, StepKind};
use riverbank_model::limits::JOB_INTERRUPTIONS;

use super::*;

on_both! {
    async fn each_step_of_a_job_is_kept_in_order(stage: &Stage) {
        let member = stage.member("one", "login", "fine").await;
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        let steps = stage.steps(&member).await;
        let kinds: Vec<_> = steps.iter().map(|step| step.kind).collect();
        assert_eq!(kinds, [StepKind::Open, StepKind::Fetch, StepKind::Read, StepKind::Import]);
        assert!(steps.iter().all(|step| step.ending == StepEnding::Well && step.status.is_none()), "{steps:?}");
        // The puppet opens in five milliseconds.
        assert!(steps[0].took.is_some_and(|took| took >= 4_000), "{steps:?}");
        assert!(steps.iter().all(|step| step.began_at == stage.engine().now()));
    }

    async fn a_refusal_is_kept_with_what_it_amounts_to(stage: &Stage) {
        let member = stage.member("one", "login", "deny").await;
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        let steps = stage.steps(&member).await;
        assert_eq!(steps.len(), 1);
        assert_eq!((steps[0].ending, steps[0].status), (StepEnding::Refused, Some(ConnectionStatus::Denied)));
    }

    async fn a_step_that_panics_is_kept_as_cut_short_each_time(stage: &Stage) {
        let member = stage.member("one", "login", "panic").await;
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        let steps = stage.steps(&member).await;
        assert_eq!(i64::try_from(steps.len()), Ok(JOB_INTERRUPTIONS + 1));
        assert!(steps.iter().all(|step| (step.ending, step.took) == (StepEnding::CutShort, None)), "{steps:?}");
    }
}
