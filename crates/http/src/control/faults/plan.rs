//! `POST /control/faults`.

use axum::extract::State;
use riverbank_engine::control::{Chance, Effect, FaultTarget, PlanFault, PlanFaultError};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::view::{Call, FaultBody, Kind};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody, typed};
use crate::control::Status;
use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// The most attempts that a fault may be told to strike.
const MOST: i64 = 1_000_000;

/// What is to go wrong, and where: at an institution, or for one member.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FaultRequest)]
pub(super) struct FaultRequest {
    /// Code or id of the institution.
    #[schema(example = "mxbank")]
    institution: Option<Text>,
    /// Id of the member.
    member_guid: Option<Text>,
    kind: Kind,
    /// LATENCY only: how much longer a call takes.
    #[schema(minimum = 1, maximum = 60_000)]
    milliseconds: Option<i64>,
    /// STATUS only: what the institution's server answers.
    #[schema(minimum = 400, maximum = 599)]
    status: Option<i64>,
    /// REFUSAL only: what the member becomes, one of DENIED, REJECTED, LOCKED, IMPEDED, FAILED, DELAYED, DEGRADED,
    /// DISCONNECTED and DISCONTINUED.
    connection_status: Option<Status>,
    /// The call to strike; absent strikes any.
    call: Option<Call>,
    /// How many attempts are struck at most; absent strikes until the fault is taken away.
    #[schema(minimum = 1, maximum = 1_000_000)]
    count: Option<i64>,
    /// Of the attempts that may be struck, how many are; all when absent.
    #[schema(exclusive_minimum = 0, maximum = 1)]
    probability: Option<f64>,
}

impl RequestBody for FaultRequest {
    const ROOT: Option<&'static str> = Some("fault");
}

type FaultRequestBody = Body<FaultRequest>;

/// Plan fault
///
/// Makes attempts fail, or take long: the next `count` of an institution or of one member, or some of them by chance. A
/// fault counts an attempt once, however many of its calls it strikes. Whether chance strikes an attempt follows from
/// the server's seed, the fault's number, the member and the attempt.
#[utoipa::path(
    post,
    path = "/control/faults",
    operation_id = "planFault",
    tag = "faults",
    request_body = inline(FaultRequestBody),
    responses(
        (status = 200, description = "The fault.", body = FaultBody),
        (status = 422, description = "There is no such institution or member (4220)."),
    )
)]
pub(super) async fn plan_fault(
    State(app): State<App>,
    Body(body): FaultRequestBody,
) -> Result<Answer<FaultBody>, ApiError> {
    let fault = app.engine.plan_fault(body.read()?).await?;
    Ok(Answer::ok(FaultBody { fault: fault.into() }))
}

/// The fault that the fields of a request describe.
pub(crate) fn fault_of(fields: Value) -> Result<PlanFault, ApiError> {
    typed::<FaultRequest>(fields)?.read()
}

impl FaultRequest {
    fn read(self) -> Result<PlanFault, ApiError> {
        Ok(PlanFault {
            effect: self.effect()?,
            call: self.call.map(Into::into),
            count: match self.count {
                Some(count) if !(1..=MOST).contains(&count) => {
                    return Err(ApiError::bad_request(format!("count: must be from 1 to {MOST}.")));
                }
                count => count,
            },
            chance: match self.probability {
                Some(given) => Chance::of(given).ok_or_else(|| {
                    ApiError::bad_request("probability: must be a number over 0 and at most 1.")
                })?,
                None => Chance::ALWAYS,
            },
            target: match (self.institution, self.member_guid) {
                (Some(institution), None) => FaultTarget::Institution(institution.into_string()),
                (None, Some(member)) => FaultTarget::Member(
                    member.parse().map_err(|_| ApiError::from(PlanFaultError::NoSuchMember))?,
                ),
                (None, None) => return Err(ApiError::missing(&["institution or member_guid"])),
                (Some(_), Some(_)) => {
                    return Err(ApiError::bad_request("institution and member_guid exclude each other."));
                }
            },
        })
    }

    fn effect(&self) -> Result<Effect, ApiError> {
        let alone = |is_alone: bool, field: &str, kind: &str| {
            let refused = || ApiError::bad_request(format!("{field} is for {kind} only."));
            if is_alone { Ok(()) } else { Err(refused()) }
        };
        if !matches!(self.kind, Kind::Latency) {
            alone(self.milliseconds.is_none(), "milliseconds", "LATENCY")?;
        }
        if !matches!(self.kind, Kind::Status) {
            alone(self.status.is_none(), "status", "STATUS")?;
        }
        if !matches!(self.kind, Kind::Refusal) {
            alone(self.connection_status.is_none(), "connection_status", "REFUSAL")?;
        }
        match self.kind {
            Kind::Latency => {
                let given = self.milliseconds.ok_or_else(|| ApiError::missing(&["milliseconds"]))?;
                let lawful =
                    u32::try_from(given).ok().filter(|given| (1..=Effect::LONGEST_LATENCY).contains(given));
                let milliseconds = lawful.ok_or_else(|| {
                    ApiError::bad_request(format!(
                        "milliseconds: must be from 1 to {}.",
                        Effect::LONGEST_LATENCY
                    ))
                })?;
                Ok(Effect::Latency { milliseconds })
            }
            Kind::Timeout => Ok(Effect::Timeout),
            Kind::Status => {
                let given = self.status.ok_or_else(|| ApiError::missing(&["status"]))?;
                let lawful = u16::try_from(given).ok().filter(|given| (400..=599).contains(given));
                let status =
                    lawful.ok_or_else(|| ApiError::bad_request("status: must be from 400 to 599."))?;
                Ok(Effect::Status { status })
            }
            Kind::HalfAnswer => Ok(Effect::HalfAnswer),
            Kind::Refusal => {
                let Status(given) =
                    self.connection_status.ok_or_else(|| ApiError::missing(&["connection_status"]))?;
                if !Effect::REFUSALS.contains(&given) {
                    let names: Vec<_> = Effect::REFUSALS.iter().map(|status| status.name()).collect();
                    let message = format!("connection_status: must be one of: {}.", names.join(", "));
                    return Err(ApiError::bad_request(message));
                }
                Ok(Effect::Refusal { connection_status: given })
            }
        }
    }
}

impl From<PlanFaultError> for ApiError {
    fn from(error: PlanFaultError) -> Self {
        match error {
            PlanFaultError::NotASandbox(error) => error.into(),
            PlanFaultError::NoSuchInstitution | PlanFaultError::NoSuchMember => {
                Self::new(ErrorCode::Unprocessable, error.to_string())
            }
            PlanFaultError::Fault(fault) => fault.into(),
        }
    }
}
