//! `riverbank sandbox fault ...`

use std::io::Write;

use axum::http::Method;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::control::{Control, each, text};
use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Fault {
    /// Plan that something goes wrong
    Add(Add),
    /// Print what is planned: number, kind, where, and how often it has struck
    List,
    /// Take all faults away, or one
    Clear {
        /// Its number, as `list` prints it
        number: Option<u64>,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    kind: Kind,
    /// The call that it strikes: OPEN, RESUME, FETCH, REFRESH or EXCHANGE [default: any]
    #[arg(long)]
    call: Option<String>,
    /// How many attempts it strikes at most [default: all, until it is taken away]
    #[arg(long)]
    times: Option<u32>,
    /// Of the attempts that it may strike, how many it does, as in 0.25 [default: 1]
    #[arg(long)]
    probability: Option<f64>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// The institution, by its code or guid
    #[arg(long, value_name = "INSTITUTION")]
    bank: Option<String>,
    /// One member, by its guid
    #[arg(long, value_name = "GUID")]
    member: Option<String>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Kind {
    /// A call takes so many milliseconds longer
    #[arg(long, value_name = "MILLISECONDS")]
    latency: Option<u32>,
    /// A call ends as one that took too long
    #[arg(long)]
    timeout: bool,
    /// The institution's server answers with this HTTP status
    #[arg(long, value_name = "STATUS")]
    status: Option<u16>,
    /// The answer breaks off
    #[arg(long)]
    half_answer: bool,
    /// The institution refuses, and the member becomes this, as in `LOCKED`
    #[arg(long, value_name = "STATUS")]
    refusal: Option<String>,
}

pub async fn run(command: Fault, control: &Control, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        Fault::Add(add) => {
            let body = json!({"fault": add.request()});
            let answer = control.call(Method::POST, "/control/faults", Some(&body)).await?;
            line(&answer["fault"])
        }
        Fault::List => {
            let answer = control.call(Method::GET, "/control/faults", None).await?;
            each(&answer["faults"]).map(line).collect()
        }
        Fault::Clear { number: Some(number) } => {
            control.call(Method::DELETE, &format!("/control/faults/{number}"), None).await?;
            format!("fault {number} is gone\n")
        }
        Fault::Clear { number: None } => {
            control.call(Method::DELETE, "/control/faults", None).await?;
            "all faults are gone\n".to_owned()
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

impl Add {
    /// The body of the call, without what was not said.
    fn request(self) -> Map<String, Value> {
        let kind = match &self.kind {
            Kind { latency: Some(_), .. } => "LATENCY",
            Kind { status: Some(_), .. } => "STATUS",
            Kind { refusal: Some(_), .. } => "REFUSAL",
            Kind { half_answer: true, .. } => "HALF_ANSWER",
            _ => "TIMEOUT",
        };
        let fields = [
            ("kind", Some(json!(kind))),
            ("institution", self.place.bank.map(Value::from)),
            ("member_guid", self.place.member.map(Value::from)),
            ("milliseconds", self.kind.latency.map(Value::from)),
            ("status", self.kind.status.map(Value::from)),
            ("connection_status", self.kind.refusal.map(Value::from)),
            ("call", self.call.map(Value::from)),
            ("count", self.times.map(Value::from)),
            ("probability", self.probability.map(Value::from)),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        given.collect()
    }
}

/// A fault in one line: number, kind with its figure, where, call, and how often.
fn line(fault: &Value) -> String {
    let figures = ["milliseconds", "status", "connection_status"];
    let figure = figures.iter().map(|name| &fault[*name]).find(|value| !value.is_null());
    let figure = figure.map_or_else(String::new, |value| format!(" {}", plain(value)));
    let place = match &fault["member_guid"] {
        Value::String(member) => member,
        _ => text(fault, "institution_guid"),
    };
    let call = fault["call"].as_str().unwrap_or("any call");
    let left = match &fault["remaining"] {
        Value::Null => "until it is taken away".to_owned(),
        left => format!("{left} left"),
    };
    let (number, kind, struck) = (&fault["number"], text(fault, "kind"), &fault["struck"]);
    format!("{number}\t{kind}{figure}\t{place}\t{call}\t{struck} struck, {left}\n")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
