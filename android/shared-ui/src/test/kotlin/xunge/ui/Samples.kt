package xunge.ui

import xunge.core.*

/** A day on a made-up beat. */
object Samples {
    /** 2026-07-03 10:24 in China. */
    val now = Instant(1_783_045_440_000)

    val here = Point(1_137_861_000, 347_552_000)

    /** So many metres east and north of [here]. */
    fun east(metres: Int, north: Int = 0) = Point(here.longitudeE7 + metres * 109, here.latitudeE7 + north * 90)

    /** A fix that is worth a second look. */
    val poor = Fix(east(-20, 15), 45, "network", now)

    fun before(minutes: Long) = Instant(now.millis - minutes * 60_000)

    val person =
        Person(
            id = PersonId("worker-putian"),
            name = "王志强",
            roles = listOf(Role.GRID_WORKER),
            organisation = OrganisationId("putian-street-office"),
            dutyGrids = listOf("莆田路社区-03"),
        )

    val classes =
        listOf(
            CaseClass("20115", "市容环境", "路面破损", "Road damage", false),
            CaseClass("10102", "公用设施", "污水井盖", "Sewage manhole", false),
            CaseClass("10109", "公用设施", "路灯", "Street lamp", false),
            CaseClass("20101", "市容环境", "暴露垃圾", "Exposed rubbish", true),
            CaseClass("20103", "市容环境", "积存渣土", "Heap of spoil", false),
            CaseClass("20201", "宣传广告", "非法小广告", "Illegal flyers", true),
            CaseClass("10104", "公用设施", "雨水箅子", "Storm drain grate", false),
            CaseClass("20307", "街面秩序", "非机动车乱停放", "Bicycles left about", true),
            CaseClass("10114", "公用设施", "消火栓", "Fire hydrant", false),
            CaseClass("10301", "园林绿化", "行道树", "Street tree", false),
        )

    val hashes = (1..6).map { PhotoHash("sample $it") }
    val photos: Map<PhotoHash, ByteArray> = hashes.withIndex().associate { (index, hash) -> hash to SamplePhoto.jpeg(index) }

    val rows =
        listOf(
            row("1", "路面破损，转角处坑洞", "路面破损", "莆田路与黄河路交叉口", CaseState.DISPOSING, 12, Severity.SERIOUS, Delivery.Received, 0, light = Light.YELLOW),
            row("2", "污水井盖松动有异响", "污水井盖", "莆田路 18 号门前", CaseState.DRAFT, 38, Severity.URGENT, Delivery.Sending(2, 4), 1),
            row("3", "路灯不亮", "路灯", "黄河路公交站北", CaseState.CLOSED, 190, Severity.ORDINARY, Delivery.Received, 2),
            row("4", "暴露垃圾", "暴露垃圾", "莆田路菜市场后门", CaseState.REJECTED, 300, Severity.ORDINARY, Delivery.Received, 3, declined = true),
            row("5", "雨水箅子堵塞", "雨水箅子", "黄河路 7 号院", CaseState.ON_HOLD, 1_500, Severity.ORDINARY, Delivery.Received, 4, light = Light.RED),
            row("6", "非法小广告", "非法小广告", "莆田路小学围墙", CaseState.SELF_REVIEW, 2_900, Severity.ORDINARY, Delivery.Received, 5),
        )

    private fun row(
        id: String,
        title: String,
        className: String,
        address: String,
        state: CaseState,
        minutes: Long,
        severity: Severity,
        delivery: Delivery,
        photo: Int,
        declined: Boolean = false,
        light: Light? = null,
    ) = CaseRow(
        id = DocumentId("case $id"),
        localCode = "7K3-9Q$id",
        caseNo = if (state == CaseState.DRAFT) null else "2026-07-0$id",
        title = title,
        className = className,
        state = state,
        severity = severity,
        address = address,
        point = east(id.toInt() * 70 - 240, id.toInt() * 47 % 160 - 80),
        updatedAt = before(minutes),
        delivery = delivery,
        due = light?.let { before(-90) },
        light = light,
        declined = declined,
        thumb = hashes[photo],
    )

    val lane =
        listOf(
            SetAside(EntryId("refused 1"), DocumentId("case 4"), "claim", SetAsideOutcome.DECLINED, before(95), ALREADY),
            SetAside(EntryId("refused 2"), DocumentId("case 1"), "photo", SetAsideOutcome.QUARANTINED, before(1_600), REVOKED),
        )

    val pages = listOf(disposing(), declined(), verifying(), surveying()) + rows.drop(2).filter { it.id.text !in setOf("case 4", "case 5") }.map { plain(it) }

    fun asked(act: CaseAct): TimelineEntry {
        val action =
            when (act) {
                is CaseAct.Verify -> ActionName.VERIFY
                is CaseAct.Check -> ActionName.CHECK
                is CaseAct.JointSurvey -> ActionName.JOINT_SURVEY
                CaseAct.Claim -> ActionName.CLAIM
                is CaseAct.Feedback -> ActionName.FEEDBACK
            }
        return TimelineEntry(EntryId("asked"), action, person.id, now, null)
    }

    /** A case that was filed, before its works: a body looks at it on site. */
    private fun surveying() =
        plain(rows[4]).copy(
            state = CaseState.DISPATCHED,
            provisionalState = CaseState.DISPATCHED,
            clocks = Clocks.disposing,
            offered = listOf(OfferedAction(ActionName.JOINT_SURVEY, null), OfferedAction(ActionName.CLAIM, null)),
        )

    /** A case that this person was sent to look at. */
    private fun verifying() =
        plain(rows[1]).copy(
            state = CaseState.VERIFYING,
            provisionalState = CaseState.VERIFYING,
            caseNo = "2026-07-02",
            delivery = Delivery.Received,
            photos = listOf(Photo(EntryId("p9"), hashes[1], PhotoPurpose.FOUND, "", PersonId("worker-erqi"), before(60), PhotoState.ELSEWHERE)),
            timeline =
                listOf(
                    TimelineEntry(EntryId("t1"), ActionName.REPORT, PersonId("worker-erqi"), before(60), Ruling(true, before(58), CaseState.REPORTED, null)),
                    TimelineEntry(EntryId("t2"), ActionName.SEND_VERIFY, PersonId("clerk"), before(38), Ruling(true, before(38), CaseState.VERIFYING, null)),
                ),
            offered =
                listOf(
                    OfferedAction(ActionName.VERIFY, null),
                    OfferedAction(ActionName.CLAIM, Reason("wrong_state", "此案卷尚未派遣。", "It is not dispatched yet.")),
                    OfferedAction(ActionName.SUPERVISE, null),
                ),
        )

    fun reported(id: DocumentId, title: String, className: String, photos: List<Photo>) =
        plain(rows.first()).copy(
            id = id,
            title = title,
            className = className,
            caseNo = null,
            state = CaseState.DRAFT,
            provisionalState = CaseState.REPORTED,
            delivery = Delivery.OnDevice,
            photos = photos,
            timeline = listOf(TimelineEntry(EntryId("report"), ActionName.REPORT, person.id, now, null)),
        )

    private fun plain(row: CaseRow) =
        CasePage(
            id = row.id,
            localCode = row.localCode,
            caseNo = row.caseNo,
            classCode = classes.firstOrNull { it.zh == row.className }?.code,
            className = row.className,
            title = row.title,
            description = "",
            address = row.address,
            point = null,
            severity = row.severity,
            state = row.state,
            provisionalState = row.state,
            clocks = emptyList(),
            surveys = emptyList(),
            possibleDuplicateOf = null,
            delivery = row.delivery,
            photos = emptyList(),
            hazards = emptyList(),
            comments = emptyList(),
            timeline = emptyList(),
            setAside = emptyList(),
            offered = emptyList(),
            concurrent = emptyList(),
        )

    private fun disposing(): CasePage {
        val done = { minutes: Long, to: CaseState -> Ruling(true, before(minutes), to, null) }
        return plain(rows.first()).copy(
            description = "约半米宽，位于路口转角，夜间无照明。",
            clocks = Clocks.disposing,
            surveys = listOf(Survey(EntryId("survey"), OrganisationId("roads"), "路基沉降，须换填", Limit(3, LimitUnit.WORK_DAY))),
            photos =
                listOf(
                    Photo(EntryId("p1"), hashes[0], PhotoPurpose.FOUND, "近景", person.id, before(300), PhotoState.RECEIVED),
                    Photo(EntryId("p2"), hashes[1], PhotoPurpose.FOUND, "远景", person.id, before(299), PhotoState.SENDING),
                    Photo(EntryId("p3"), hashes[2], PhotoPurpose.DURING, "", PersonId("crew-7"), before(12), PhotoState.ELSEWHERE),
                ),
            hazards = listOf(Note(EntryId("h1"), person.id, before(298), "汛期可能积水")),
            comments = listOf(Note(EntryId("c1"), PersonId("crew-7"), before(12), "材料下午到，先围挡。")),
            timeline =
                listOf(
                    TimelineEntry(EntryId("t1"), ActionName.REPORT, person.id, before(300), done(280, CaseState.REPORTED)),
                    TimelineEntry(EntryId("t2"), ActionName.ACCEPT, PersonId("clerk"), before(240), done(240, CaseState.ACCEPTED)),
                    TimelineEntry(EntryId("t3"), ActionName.DISPATCH, PersonId("dispatcher"), before(200), done(200, CaseState.DISPATCHED)),
                    TimelineEntry(EntryId("t4"), ActionName.CLAIM, PersonId("crew-7"), before(60), done(60, CaseState.DISPOSING)),
                ),
            concurrent = listOf(ConcurrentField("地点", listOf("黄河路 2 号门前"))),
        )
    }

    private fun declined() =
        plain(rows[3]).copy(
            timeline =
                listOf(
                    TimelineEntry(EntryId("t1"), ActionName.REPORT, person.id, before(400), Ruling(true, before(390), CaseState.REPORTED, null)),
                    TimelineEntry(EntryId("refused 1"), ActionName.CLAIM, person.id, before(95), Ruling(false, before(90), null, ALREADY)),
                ),
            setAside = listOf(SetAside(EntryId("refused 1"), DocumentId("case 4"), "claim", SetAsideOutcome.DECLINED, before(95), ALREADY)),
        )

    val tasks: List<Task> =
        listOf(
            Task(DocumentId("case 2"), "7K3-9Q2", "污水井盖松动有异响", "莆田路 18 号门前", east(180), TaskKind.VERIFY, before(22), before(-8), false, false),
            Task(DocumentId("case 3"), "7K3-9Q3", "路灯不亮", "黄河路公交站北", east(-40), TaskKind.CHECK, before(10), before(-50), false, false),
            Task(DocumentId("case 7"), "7K3-9Q7", "行道树折断", "黄河路东口", east(1_460), TaskKind.CHECK, before(95), before(35), true, false),
            Task(DocumentId("case 6"), "7K3-9Q6", "非法小广告", "莆田路小学围墙", east(90), TaskKind.VERIFY, before(20), before(-10), false, true),
            Task(DocumentId("case 9"), "7K3-9Q9", "", "", null, TaskKind.CHECK, before(1), before(-59), false, false),
        )

    val bodies: List<Body> =
        listOf(
            Body(OrganisationId("putian"), "莆田路社区党支部"),
            Body(OrganisationId("drainage"), "市政排水中心党支部"),
            Body(OrganisationId("street"), "莆田路街道办事处"),
            Body(OrganisationId("roads"), "道桥管养二所"),
            Body(OrganisationId("school"), "莆田路小学"),
        )

    val around: Around =
        Around(
            point = here,
            grids = listOf(GridOffer(UnitGridCode("410104101001001"), "莆田嘉园", 1.0)),
            classes = listOf(ClassOffer("10102", ClassReason.COMPONENT_HERE, 3), ClassOffer("20115", ClassReason.USED_LATELY, null)),
            components =
                listOf(
                    NearComponent(ComponentCode("4101040102000017"), "10102", "", east(3), 3.2, "市政排水中心"),
                    NearComponent(ComponentCode("4101040102000018"), "10102", "路口井", east(14), 14.1, "市政排水中心"),
                ),
        )

    val grids: List<GridOffer> =
        listOf(GridOffer(UnitGridCode("410104101001001"), "莆田嘉园", 0.62), GridOffer(UnitGridCode("410104101001002"), "黄河路北段", 0.38))

    val duplicates: List<LikelyDuplicate> =
        listOf(
            LikelyDuplicate(DocumentId("case 1"), "7K3-9Q1", "路面破损，转角处坑洞", "路面破损", CaseState.DISPOSING, 6, before(300), hashes[0], "同一类别，相距 6 米，5 小时前上报", "Same class, 6 m away, reported 5 h ago"),
            LikelyDuplicate(DocumentId("case 5"), "7K3-9Q5", "雨水箅子堵塞", "雨水箅子", CaseState.ON_HOLD, 19, before(1_500), null, "相距 19 米，照片相似", "19 m away, photos look alike"),
        )

    val phrases: List<String> = listOf("影响行人通行", "夜间无照明", "已设围挡")

    val beat: BeatMap =
        BeatMap(
            area = Bounds(east(-300, -220), east(300, 220)),
            grids =
                listOf("莆田嘉园" to -300, "黄河路北段" to -100, "菜市场" to 100).mapIndexed { at, (name, west) ->
                    val corners = listOf(east(west, -220), east(west + 200, -220), east(west + 200, 220), east(west, 220))
                    MapGrid(UnitGridCode("41010410100100${at + 1}"), name, corners)
                },
            components = (0 until 40).map { MapComponent(ComponentCode("41010401020000$it"), "10102", "", east(it * 37 % 560 - 280, it * 53 % 400 - 200)) },
            componentsLeftOut = 0,
            cases = rows,
        )

    val checkins =
        listOf(
            CheckinRow(DocumentId("checkin 1"), "R2-1", "莆田路积水点整治", CheckinState.UNDER_WAY, Initiation.WHISTLE, 3, StepName.PROGRESS, before(45), Delivery.Received, false),
            CheckinRow(DocumentId("checkin 2"), "R2-2", "7 号院老旧电缆入地", CheckinState.OPENED, Initiation.VISIT, 0, null, before(600), Delivery.OnDevice, false),
            CheckinRow(DocumentId("checkin 3"), "R2-3", "菜市场后门清运点", CheckinState.CLOSED, Initiation.JOINT, 9, StepName.FOLLOW_UP, before(9_000), Delivery.Received, false),
        )

    private val water = bodies[1]
    private val street = bodies[0]

    val checkinPages = listOf(underWay()) + checkins.drop(1).map { bare(it) }

    private fun bare(row: CheckinRow) =
        CheckinPage(
            id = row.id,
            localCode = row.localCode,
            title = row.title,
            state = row.state,
            initiation = row.initiation,
            subject = Subject.Place("黄河路 7 号院", null),
            visiting = listOf(water),
            hosts = listOf(street),
            delivery = row.delivery,
            steps = emptyList(),
            calls = emptyList(),
            times = emptyList(),
            comparisons = emptyList(),
            photos = emptyList(),
            comments = emptyList(),
            setAside = emptyList(),
        )

    private fun underWay(): CheckinPage {
        val hour = 3_600_000L
        return bare(checkins.first()).copy(
            subject = Subject.Case(DocumentId("case 1")),
            calls = listOf(CallStanding(water, "带泵车到场", before(900), before(870), 30 * 60_000L)),
            times =
                listOf(
                    NamedTime(TimeName.TABLE_LIMIT, Instant(now.millis + 40 * hour), Limit(5, LimitUnit.WORK_DAY)),
                    NamedTime(TimeName.ESTIMATE, null, Limit(3, LimitUnit.WORK_DAY)),
                    NamedTime(TimeName.PROMISE, Instant(now.millis + 20 * hour), null),
                ),
            comparisons = listOf(TimeComparison(TimeName.PROMISE, TimeName.TABLE_LIMIT, -20 * hour)),
            steps =
                listOf(
                    CheckinStep(EntryId("s1"), StepName.SURVEY, PersonId("secretary"), before(800), "", listOf(EntryId("p1")), "箅子下沉，管道堵塞。", listOf(StepFact.EstimateWithin(Limit(3, LimitUnit.WORK_DAY)))),
                    CheckinStep(
                        EntryId("s2"),
                        StepName.CONSULTATION,
                        PersonId("secretary"),
                        before(500),
                        "",
                        emptyList(),
                        "",
                        listOf(StepFact.Decision("先清淤，再换箅子"), StepFact.Undertaker(water), StepFact.Cost(CostBearer.VOLUNTARY)),
                    ),
                    CheckinStep(EntryId("s3"), StepName.PROGRESS, PersonId("crew-7"), before(45), "", emptyList(), "清淤完成，等材料。", listOf(StepFact.Percent(60))),
                ),
        )
    }

    fun step(kind: WrittenStepKind, note: String) =
        CheckinStep(EntryId("written"), StepName.valueOf(kind.name), person.id, now, "", emptyList(), note, emptyList())
}

private val ALREADY =
    Reason("already_claimed", "此案卷已由市政养护二队接收；如需协办请联系派遣员。", "Crew 2 of the road service has claimed this issue; ask the dispatcher to join.")
private val REVOKED = Reason("device_revoked", "这张照片来自已停用的设备；请用本机重新拍摄。", "This photo came from a revoked device; take it again with this phone.")

/** Limits of a case that is being put right. */
private object Clocks {
    val disposing: List<CaseClock> =
        listOf(
            clock(false, "受理环节", "acceptance", ClockState.FINISHED, 240, Light.GREEN, 40),
            clock(false, "派遣环节", "dispatch", ClockState.FINISHED, 200, Light.GREEN, 55),
            clock(true, "处置时限", "disposal", ClockState.RUNNING, -95, Light.YELLOW, 84),
        )

    private fun clock(overall: Boolean, zh: String, en: String, state: ClockState, dueMinutesAgo: Long, light: Light, used: Long): CaseClock =
        CaseClock(
            overall = overall,
            zh = zh,
            en = en,
            turn = 1,
            state = state,
            since = null,
            due = Samples.before(dueMinutesAgo),
            light = light,
            usedPercent = used,
            explainedZh = "07-02 14:00 起计时，时限 4 工作时；\n12:00 至 14:00、18:00 至次日 08:00 不计。",
            explainedEn = "Runs from 07-02 14:00, limit 4 work hours;\n12:00 to 14:00 and 18:00 to 08:00 do not count.",
        )
}
