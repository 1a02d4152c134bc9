package xunge.ui.words

import xunge.core.ActionName
import xunge.core.CaseState
import xunge.core.ClassReason
import xunge.core.ClockState
import xunge.core.Light
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.Role
import xunge.core.Severity
import xunge.core.TaskKind

// Each `when` names every case: a state that the core gains does not compile until it has its words.

val CaseState.named: Named
    get() =
        when (this) {
            CaseState.DRAFT -> Named("待裁定", "Awaiting ruling")
            CaseState.REPORTED -> Named("已上报", "Reported")
            CaseState.VERIFYING -> Named("核实中", "Verifying")
            CaseState.ACCEPTED -> Named("已受理", "Accepted")
            CaseState.FILED -> Named("已立案", "Filed")
            CaseState.DISPATCHED -> Named("已派遣", "Dispatched")
            CaseState.DISPOSING -> Named("处置中", "Disposing")
            CaseState.FED_BACK -> Named("已反馈", "Fed back")
            CaseState.CHECKING -> Named("核查中", "Checking")
            CaseState.TO_CLOSE -> Named("待结案", "To close")
            CaseState.CLOSED -> Named("已结案", "Closed")
            CaseState.REJECTED -> Named("不予受理", "Rejected")
            CaseState.VOID -> Named("已作废", "Void")
            CaseState.ON_HOLD -> Named("已挂账", "On hold")
            CaseState.SELF_DONE -> Named("已自行处置", "Self-handled")
            CaseState.SELF_REVIEW -> Named("自处置待审", "Self-handled, in review")
            CaseState.INVALID -> Named("无效", "Invalid")
        }

val PhotoState.named: Named
    get() =
        when (this) {
            PhotoState.ON_DEVICE -> Named("在本机", "On this phone")
            PhotoState.SENDING -> Named("上传中", "Sending")
            PhotoState.RECEIVED -> Named("已送达", "Delivered")
            PhotoState.ELSEWHERE -> Named("在别处", "Kept elsewhere")
        }

val PhotoPurpose.named: Named
    get() =
        when (this) {
            PhotoPurpose.FOUND -> Named("发现", "Found")
            PhotoPurpose.BEFORE -> Named("处置前", "Before")
            PhotoPurpose.DURING -> Named("处置中", "During")
            PhotoPurpose.AFTER -> Named("处置后", "After")
            PhotoPurpose.VERIFY -> Named("核实", "Verify")
            PhotoPurpose.CHECK -> Named("核查", "Check")
        }

val ClassReason.named: Named
    get() =
        when (this) {
            ClassReason.COMPONENT_HERE -> Named("附近部件", "A component is here")
            ClassReason.USED_LATELY -> Named("最近使用", "Used lately")
        }

val Severity.named: Named
    get() =
        when (this) {
            Severity.ORDINARY -> Named("一般", "Ordinary")
            Severity.SERIOUS -> Named("较重", "Serious")
            Severity.URGENT -> Named("紧急", "Urgent")
        }

val Light.named: Named
    get() =
        when (this) {
            Light.GREEN -> Named("绿灯：时间充足", "Green: in time")
            Light.YELLOW -> Named("黄灯：即将到期", "Yellow: due soon")
            Light.RED -> Named("红灯：已超时", "Red: overdue")
        }

val ClockState.named: Named
    get() =
        when (this) {
            ClockState.RUNNING -> Named("计时中", "Running")
            ClockState.HELD -> Named("暂停计时", "Held")
            ClockState.STOPPED -> Named("停止计时", "Stopped")
            ClockState.FINISHED -> Named("已完成", "Finished")
        }

val TaskKind.named: Named
    get() =
        when (this) {
            TaskKind.VERIFY -> Named("核实", "Verify")
            TaskKind.CHECK -> Named("核查", "Check")
        }

val Role.named: Named
    get() =
        when (this) {
            Role.GRID_WORKER -> Named("网格员", "Grid worker")
            Role.INTAKE_CLERK -> Named("受理员", "Intake clerk")
            Role.SHIFT_LEADER -> Named("值班长", "Shift leader")
            Role.DISPATCHER -> Named("派遣员", "Dispatcher")
            Role.DISPOSAL_DEPT -> Named("专业部门", "Disposal department")
            Role.SUPERVISOR_LEAD -> Named("督办人", "Supervisor")
            Role.BRANCH_SECRETARY -> Named("党组织书记", "Branch secretary")
            Role.AUDITOR -> Named("审计", "Auditor")
            Role.ADMIN -> Named("管理员", "Administrator")
        }

val ActionName.named: Named
    get() =
        when (this) {
            ActionName.REPORT -> Named("上报", "Report")
            ActionName.SEND_VERIFY -> Named("派核实", "Send to verify")
            ActionName.VERIFY -> Named("核实", "Verify")
            ActionName.ACCEPT -> Named("受理", "Accept")
            ActionName.REJECT -> Named("不予受理", "Reject")
            ActionName.FILE -> Named("立案", "File")
            ActionName.DISPATCH -> Named("派遣", "Dispatch")
            ActionName.CLAIM -> Named("接收", "Claim")
            ActionName.FEEDBACK -> Named("反馈", "Feed back")
            ActionName.SEND_CHECK -> Named("派核查", "Send to check")
            ActionName.CHECK -> Named("核查", "Check")
            ActionName.CLOSE -> Named("结案", "Close")
            ActionName.REGISTER -> Named("登记", "Register")
            ActionName.APPLY_EXTEND -> Named("申请延期", "Apply for an extension")
            ActionName.APPROVE_EXTEND -> Named("审批延期", "Decide on the extension")
            ActionName.APPLY_SEND_BACK -> Named("申请回退", "Apply to send back")
            ActionName.APPROVE_SEND_BACK -> Named("审批回退", "Decide on sending back")
            ActionName.APPLY_HOLD -> Named("申请挂账", "Apply for a hold")
            ActionName.APPROVE_HOLD -> Named("审批挂账", "Decide on the hold")
            ActionName.RELEASE -> Named("解除挂账", "Release")
            ActionName.APPLY_VOID -> Named("申请作废", "Apply to void")
            ActionName.APPROVE_VOID -> Named("审批作废", "Decide on voiding")
            ActionName.JOINT_SURVEY -> Named("联合核查", "Joint survey")
            ActionName.SUPERVISE -> Named("督办", "Supervise")
            ActionName.SELF_HANDLE -> Named("自行处置", "Self-handle")
            ActionName.BEGIN_REVIEW -> Named("接审自处置", "Begin the review")
            ActionName.REVIEW -> Named("审核自处置", "Review")
            ActionName.REOPEN -> Named("重启", "Reopen")
            ActionName.ASSIGN -> Named("派工", "Assign")
            ActionName.ESCALATE -> Named("上报上级", "Escalate")
            ActionName.SEND_DOWN -> Named("下派", "Send down")
            ActionName.LINK_DUPLICATE -> Named("关联重复", "Link a duplicate")
            ActionName.UNLINK_DUPLICATE -> Named("解除关联", "Unlink")
            ActionName.ANSWER_PROPOSAL -> Named("答复类别建议", "Answer the class proposal")
            ActionName.DECLARE_EVIDENCE_LOST -> Named("认定证据灭失", "Declare evidence lost")
        }
