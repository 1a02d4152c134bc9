//! `field-device checkin`: matter check-ins 一事一报到.

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use xunge_field::domain::case::PhotoPurpose;
use xunge_field::domain::checkin::{Call, Initiation, Step, StepName, Subject};
use xunge_field::domain::geo::Point;
use xunge_field::domain::ids::{DocumentId, OrganisationId};
use xunge_field::domain::time::Timestamp;
use xunge_field::{FieldApp, OpenCheckinRequest, PhotoInput, StepRequest};

use crate::checkin_output::{list_lines, page_lines};
use crate::output::{End, Failure, print};
use crate::run::read;

/// Most rows of a list.
const LISTED_MAX: usize = 200;

#[derive(Debug, Subcommand)]
pub(crate) enum CheckinVerb {
    /// Open a check-in. 发起报到
    Open(OpenArguments),
    /// Answer one for a party of the other side. 应答
    Answer {
        checkin: String,
        /// The party that answers.
        #[arg(long)]
        party: String,
        /// It does not take part.
        #[arg(long)]
        refuse: bool,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Add a step: talk, survey, cause, scheme, consultation, crew_enters, works_window, duty_rota, progress, completion,
    /// residents_answer, thanks, follow_up, agreement, arrival. 步骤
    Step(StepArguments),
    /// Close a check-in. 办结
    Close {
        checkin: String,
        /// How it ended; the reason, where nothing was completed.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// List the check-ins on this device, newest first. 列表
    List {
        /// About this case alone.
        #[arg(long)]
        case: Option<String>,
    },
    /// Show one check-in. 查看
    Show { checkin: String },
}

#[derive(Debug, Args)]
pub(crate) struct OpenArguments {
    #[arg(long)]
    title: String,
    /// visit, joint, whistle, co_building or project_list.
    #[arg(long, default_value = "visit")]
    initiation: String,
    /// The case it is about.
    #[arg(long, group = "subject")]
    case: Option<String>,
    /// The place it is about, in words.
    #[arg(long, group = "subject", required_unless_present = "case")]
    place: Option<String>,
    /// Where the place is: longitude,latitude in degrees.
    #[arg(long, allow_hyphen_values = true)]
    at: Option<Point>,
    /// A visiting party 报到方; may be given several times.
    #[arg(long, required = true)]
    visiting: Vec<String>,
    /// A host 接待方; may be given several times.
    #[arg(long = "host", required = true)]
    hosts: Vec<String>,
    /// Of a whistle: PARTY=TIME=OBLIGATION, the time as 2025-06-30T10:00:00+08:00; may be given several times.
    #[arg(long = "call", value_parser = call)]
    calls: Vec<Call>,
}

#[derive(Debug, Args)]
pub(crate) struct StepArguments {
    checkin: String,
    /// Which step.
    step: String,
    /// What was done or found, in words; of a consultation the decision.
    #[arg(long, default_value = "")]
    note: String,
    /// What the step needs beside the words, as JSON; times as 2025-06-30T10:00:00+08:00.
    #[arg(long)]
    content: Option<String>,
    #[arg(long, default_value = "")]
    address: String,
    #[arg(long, allow_hyphen_values = true)]
    at: Option<Point>,
    /// A photo of it; may be given several times.
    #[arg(long = "photo")]
    photos: Vec<PathBuf>,
}

pub(crate) fn checkin(app: &mut FieldApp, json: bool, verb: CheckinVerb) -> Result<End, Failure> {
    match verb {
        CheckinVerb::Open(arguments) => open(app, json, arguments),
        CheckinVerb::Answer {
            checkin,
            party,
            refuse,
            note,
        } => {
            let id = app.resolve_checkin(&checkin)?;
            let entry = app.answer_checkin(id, body(&party)?, !refuse, &note)?;
            saved(json, &entry)
        }
        CheckinVerb::Step(arguments) => step(app, json, &arguments),
        CheckinVerb::Close { checkin, note } => {
            let id = app.resolve_checkin(&checkin)?;
            let entry = app.close_checkin(id, &note)?;
            saved(json, &entry)
        }
        CheckinVerb::List { case } => {
            let rows = match case {
                Some(case) => app.checkins_of_case(app.resolve(&case)?, LISTED_MAX)?,
                None => app.checkins(None, LISTED_MAX)?,
            };
            print(json, &json!({ "checkins": rows }), || list_lines(&rows));
            Ok(End::Done)
        }
        CheckinVerb::Show { checkin } => {
            let view = app.show_checkin(app.resolve_checkin(&checkin)?)?;
            print(json, &json!(view), || page_lines(&view));
            Ok(End::Done)
        }
    }
}

fn open(app: &mut FieldApp, json: bool, arguments: OpenArguments) -> Result<End, Failure> {
    let initiation = Initiation::from_id(&arguments.initiation).ok_or_else(|| {
        Failure::Usage(format!(
            "initiation {:?}: visit, joint, whistle, co_building or project_list",
            arguments.initiation
        ))
    })?;
    let subject = match (arguments.case, arguments.place) {
        (Some(case), _) => Subject::Case(app.resolve(&case)?),
        (None, place) => Subject::Place {
            address: place.unwrap_or_default(),
            point: arguments.at,
        },
    };
    let bodies = |texts: &[String]| -> Result<Vec<OrganisationId>, Failure> {
        texts.iter().map(|text| body(text)).collect()
    };
    let id: DocumentId = app.open_checkin(OpenCheckinRequest {
        title: arguments.title,
        initiation,
        subject,
        visiting: bodies(&arguments.visiting)?,
        hosts: bodies(&arguments.hosts)?,
        calls: arguments.calls,
    })?;
    let local_code = id.local_code();
    let value = json!({ "checkin": id, "local_code": local_code });
    print(json, &value, || {
        format!("已保存在本机：{local_code}\ncheck-in {id}")
    });
    Ok(End::Done)
}

fn step(app: &mut FieldApp, json: bool, arguments: &StepArguments) -> Result<End, Failure> {
    let checkin = app.resolve_checkin(&arguments.checkin)?;
    let step = content(arguments)?;
    let files = arguments.photos.iter();
    let files: Vec<Vec<u8>> = files.map(|file| read(file)).collect::<Result<_, _>>()?;
    let photos = files.iter().map(|bytes| PhotoInput {
        bytes,
        purpose: purpose(step.name()),
        caption: "",
        point: arguments.at,
        fixes: &[],
        signals: &[],
    });
    let entry = app.add_step(StepRequest {
        checkin,
        photos: photos.collect(),
        step,
        address: &arguments.address,
        point: arguments.at,
    })?;
    saved(json, &entry)
}

/// What a photo of a step shows: before the works what was found, after them what was made.
const fn purpose(step: StepName) -> PhotoPurpose {
    match step {
        StepName::Talk | StepName::Survey | StepName::Cause | StepName::Arrival => {
            PhotoPurpose::Before
        }
        StepName::Completion
        | StepName::ResidentsAnswer
        | StepName::Thanks
        | StepName::FollowUp
        | StepName::Agreement => PhotoPurpose::After,
        _ => PhotoPurpose::During,
    }
}

/// The step as its JSON says, with the words of the command line in it.
fn content(arguments: &StepArguments) -> Result<Step, Failure> {
    let name = StepName::from_id(&arguments.step);
    let name =
        name.ok_or_else(|| Failure::Usage(format!("there is no step {:?}", arguments.step)))?;
    let unfit = |cause: serde_json::Error| Failure::Usage(format!("step {}: {cause}", name.id()));
    let mut fields: Map<String, Value> = match &arguments.content {
        Some(text) => serde_json::from_str(text).map_err(unfit)?,
        None => Map::new(),
    };
    fields.values_mut().for_each(instants);
    fields.insert("step".into(), name.id().into());
    let words = if name == StepName::Consultation {
        "decision"
    } else {
        "note"
    };
    fields.insert(words.into(), arguments.note.clone().into());
    serde_json::from_value(Value::Object(fields)).map_err(unfit)
}

/// Times are written as people read them.
fn instants(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(at) = Timestamp::from_rfc3339(text) {
                *value = at.as_millis().into();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(instants),
        Value::Object(fields) => fields.values_mut().for_each(instants),
        _ => {}
    }
}

fn body(text: &str) -> Result<OrganisationId, Failure> {
    text.parse()
        .map_err(|_| Failure::Usage(format!("{text:?} is no organisation")))
}

fn call(text: &str) -> Result<Call, String> {
    let wrong = || format!("{text:?}: PARTY=TIME=OBLIGATION");
    let mut parts = text.splitn(3, '=');
    let mut next = || parts.next().ok_or_else(wrong);
    let (party, due, obligation) = (next()?, next()?, next()?);
    Ok(Call {
        party: party.parse().map_err(|_| wrong())?,
        due: Timestamp::from_rfc3339(due).ok_or_else(wrong)?,
        obligation: obligation.to_owned(),
    })
}

fn saved(json: bool, id: &impl std::fmt::Display) -> Result<End, Failure> {
    let id = id.to_string();
    print(json, &json!({ "id": id }), || format!("已保存在本机：{id}"));
    Ok(End::Done)
}
