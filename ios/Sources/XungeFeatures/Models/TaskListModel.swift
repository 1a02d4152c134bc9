import Observation
import XungeCoreApi

/// What comes first.
public enum TaskOrder: CaseIterable, Sendable {
    case time
    case distance

    public var word: Word {
        switch self {
        case .time: .tasksByTime
        case .distance: .tasksByDistance
        }
    }
}

/// What this person was sent for, the next first.
@MainActor
@Observable
public final class TaskListModel {
    @ObservationIgnored public let field: FieldModel
    public let asking: Asking
    private var tasks: [FieldTask]?
    public var order = TaskOrder.time

    /// Where this person is.
    public private(set) var here: Fix?

    @ObservationIgnored private var watch: (any Watch)?

    init(_ field: FieldModel) {
        self.field = field
        asking = Asking(field.thread)
    }

    /// In their order: what waits for nobody here last, what has no place behind what has one.
    public var shown: [FieldTask]? {
        tasks?.enumerated().sorted { left, right in
            let (one, other) = (rank(left.element), rank(right.element))
            // Of two alike the core's order holds.
            return one == other ? left.offset < right.offset : one.lexicographicallyPrecedes(other)
        }.map(\.element)
    }

    public func metres(to task: FieldTask) -> Double? {
        here.flatMap { here in task.point?.distanceMetres(to: here.point) }
    }

    func load() async {
        if watch == nil { watch = field.platform.positions.watch { [weak self] in self?.here = $0 } }
        if let read = await asking.ask({ try $0.tasks() }) { tasks = read }
    }

    func leave() {
        watch?.stop()
        watch = nil
    }

    /// What is not here yet cannot be opened.
    public func open(_ task: FieldTask) async {
        if !task.title.isEmpty { await field.open(.casePage(CaseModel(field, task.id))) }
    }

    private func rank(_ task: FieldTask) -> [Double] {
        let distance = order == .distance ? metres(to: task) ?? .greatestFiniteMagnitude : 0
        return [task.waits ? 0 : 1, distance, Double(task.dueAt.millis)]
    }
}
