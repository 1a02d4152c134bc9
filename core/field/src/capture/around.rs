//! Around: one call draws what a form shows of a place. From memory and a few rows; a few milliseconds.

use std::collections::BTreeMap;

use xunge_domain::case::duplicate::{LikelyDuplicate, Sighting, likely_duplicates};
use xunge_domain::class::{ClassKind, MinorClass};
use xunge_domain::component::Near;
use xunge_domain::geo::Point;
use xunge_domain::ids::DocumentId;
use xunge_store::Reader;

use crate::app::{FieldApp, Identity};
use crate::capture::classes::offers;
use crate::capture::known::{Known, known_around};
use crate::capture::views::{AroundQuestion, AroundView, DuplicateOffer, GridOffer};
use crate::drafts::DraftContent;
use crate::error::FieldError;
use crate::tables::Tables;
use crate::tables::nearest::component_view;

/// Components around are shown up to here.
const COMPONENT_METRES: f64 = 100.0;
/// Most components of one answer.
const COMPONENTS_MAX: usize = 10;
/// A component is named by itself within so many metres, beside what the fix and its survey leave open.
const OWN_COMPONENT_METRES: f64 = 10.0;

impl FieldApp {
    /// What is around the place of a draft: its unit grid or ranked candidates, classes to pick, components, and cases that
    /// are probably the same matter. Without signal; decides nothing.
    ///
    /// # Errors
    /// No such draft, not enrolled, the store's.
    pub fn around_draft(&self, draft: DocumentId) -> Result<AroundView, FieldError> {
        let content = self.draft(draft)?.content;
        let looks = self.store.read(|reader| reader.looks_of(draft))?;
        self.look_around(draft, &content.question(), &looks)
    }

    /// What is around a place, before there is a draft.
    ///
    /// # Errors
    /// Not enrolled, the store's.
    pub fn around(&self, question: &AroundQuestion) -> Result<AroundView, FieldError> {
        self.look_around(DocumentId::from_bytes([0; 16]), question, &[])
    }

    fn look_around(
        &self,
        draft: DocumentId,
        question: &AroundQuestion,
        looks: &[u64],
    ) -> Result<AroundView, FieldError> {
        let identity = self.identity()?;
        let tables = &identity.tables;
        let accuracy = question.accuracy_metres;
        let class = question.class.as_deref();
        let class = class.and_then(|class| tables.classes.find(class));
        self.store.read(|reader| {
            let near = question
                .point
                .map(|point| each_class(tables, point))
                .unwrap_or_default();
            let mut view = AroundView {
                point: question.point,
                accuracy_metres: accuracy,
                grids: Vec::new(),
                classes: offers(reader, tables, &near, f64::from(accuracy.unwrap_or(0)))?,
                components: Vec::new(),
                duplicates: Vec::new(),
            };
            let Some(point) = question.point else {
                return Ok(view);
            };
            view.grids = grids(tables, point, accuracy);
            let shown = match class {
                Some(class) => of_class(tables, point, class),
                None => near,
            };
            view.components = shown
                .iter()
                .map(|near| component_view(tables, near))
                .collect();
            let sighting = Sighting {
                case: draft,
                class,
                point,
                accuracy_metres: accuracy,
                at: self.ports.clock.now(),
                looks,
            };
            view.duplicates = duplicates(reader, identity, &sighting)?;
            Ok(view)
        })
    }
}

impl DraftContent {
    /// The place of this draft with what is known of the matter. A place that was chosen is exact.
    pub(crate) fn question(&self) -> AroundQuestion {
        let position = self.position();
        let best = position
            .as_ref()
            .and_then(|position| position.fixes.first()?.accuracy_metres);
        AroundQuestion {
            point: position.map(|position| position.point),
            accuracy_metres: best.filter(|_| self.point.is_none()),
            class: self.class.clone(),
        }
    }
}

fn each_class(tables: &Tables, point: Point) -> Vec<Near<'_>> {
    let components = &tables.components;
    components.nearest_of_each_class(point, COMPONENT_METRES, COMPONENTS_MAX)
}

fn of_class<'tables>(
    tables: &'tables Tables,
    point: Point,
    class: &MinorClass,
) -> Vec<Near<'tables>> {
    let components = &tables.components;
    components.nearest(point, &class.code, COMPONENT_METRES, COMPONENTS_MAX)
}

/// The component of a class that stands where the fix says; of an event none.
pub(crate) fn own_component<'tables>(
    tables: &'tables Tables,
    question: &AroundQuestion,
    class: &MinorClass,
) -> Option<Near<'tables>> {
    let point = question
        .point
        .filter(|_| class.kind == ClassKind::Component)?;
    let near = of_class(tables, point, class).into_iter().next()?;
    let open = f64::from(question.accuracy_metres.unwrap_or(0)).min(COMPONENT_METRES);
    let within = OWN_COMPONENT_METRES + open + near.component.accuracy.metres();
    (near.metres <= within).then_some(near)
}

/// The grids that a fix may lie in.
pub(crate) fn grids(tables: &Tables, point: Point, accuracy: Option<u32>) -> Vec<GridOffer> {
    let candidates = tables.grids.candidates(point, accuracy.unwrap_or(0));
    let offer = |candidate: xunge_domain::grid::GridCandidate<'_>| GridOffer {
        code: candidate.grid.code,
        name: candidate.grid.name.clone(),
        duty_grid: candidate.grid.duty_grid.clone(),
        share: candidate.share,
    };
    candidates.into_iter().map(offer).collect()
}

fn duplicates(
    reader: &Reader<'_>,
    identity: &Identity,
    sighting: &Sighting<'_>,
) -> Result<Vec<DuplicateOffer>, FieldError> {
    let radius = sighting.radius_metres();
    let around = known_around(reader, &identity.tables, sighting.point, radius)?;
    let around: BTreeMap<DocumentId, Known> = around
        .into_iter()
        .map(|known| (known.case.id, known))
        .collect();
    let cases = around.values().map(|known| &known.case);
    let likely = likely_duplicates(sighting, cases);
    Ok(likely
        .iter()
        .filter_map(|one| Some(offer(one, around.get(&one.case)?)))
        .collect())
}

fn offer(likely: &LikelyDuplicate, known: &Known) -> DuplicateOffer {
    let Known { row, detail, .. } = known;
    DuplicateOffer {
        case: likely.case,
        local_code: row.local_code.clone(),
        case_no: row.case_no.clone(),
        title: row.title.clone(),
        class: row.class.clone(),
        state: likely.state,
        metres: likely.metres,
        reported_at: likely.reported_at,
        look_bits: likely.look_bits,
        thumb: detail.thumb,
        zh: likely.zh(),
        en: likely.en(),
    }
}
