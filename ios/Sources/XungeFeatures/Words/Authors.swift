import XungeCoreApi

extension FieldModel {
    /// Who wrote something, and when. Names of other people are not on the device: their ids are said.
    public func saidBy(_ author: PersonId, _ at: Instant) -> String {
        let who = author == me ? Word.myself.of(language) : author.text
        return "\(who) · \(ago(at, now: platform.now(), language))"
    }
}
