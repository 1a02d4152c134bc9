import XungeCoreApi
import XungeMobile

// Names of a check-in, one by one: a name that the core gains does not compile until it stands here.

extension XungeMobile.CheckinState {
    var own: XungeCoreApi.CheckinState {
        switch self {
        case .draft: .draft
        case .opened: .opened
        case .underWay: .underWay
        case .refused: .refused
        case .closed: .closed
        }
    }
}

extension XungeMobile.Initiation {
    var own: XungeCoreApi.Initiation {
        switch self {
        case .visit: .visit
        case .joint: .joint
        case .whistle: .whistle
        case .coBuilding: .coBuilding
        case .projectList: .projectList
        }
    }
}

extension XungeCoreApi.Initiation {
    var core: XungeMobile.Initiation {
        switch self {
        case .visit: .visit
        case .joint: .joint
        case .whistle: .whistle
        case .coBuilding: .coBuilding
        case .projectList: .projectList
        }
    }
}

extension XungeMobile.StepName {
    var own: XungeCoreApi.StepName {
        switch self {
        case .talk: .talk
        case .survey: .survey
        case .cause: .cause
        case .scheme: .scheme
        case .consultation: .consultation
        case .crewEnters: .crewEnters
        case .worksWindow: .worksWindow
        case .dutyRota: .dutyRota
        case .progress: .progress
        case .completion: .completion
        case .residentsAnswer: .residentsAnswer
        case .thanks: .thanks
        case .followUp: .followUp
        case .agreement: .agreement
        case .arrival: .arrival
        }
    }
}

extension XungeMobile.TimeName {
    var own: XungeCoreApi.TimeName {
        switch self {
        case .tableLimit: .tableLimit
        case .estimate: .estimate
        case .promise: .promise
        case .actual: .actual
        }
    }
}

extension XungeMobile.CostBearer {
    var own: XungeCoreApi.CostBearer {
        switch self {
        case .voluntary: .voluntary
        case .body: .body
        case .shared: .shared
        case .open: .open
        }
    }
}
