import XungeCoreApi

// Generated code has aliases for plain texts under the same names: unqualified, these are ours.
typealias DocumentId = XungeCoreApi.DocumentId
typealias PersonId = XungeCoreApi.PersonId
typealias OrganisationId = XungeCoreApi.OrganisationId
typealias UnitGridCode = XungeCoreApi.UnitGridCode
typealias ComponentCode = XungeCoreApi.ComponentCode
typealias DutyNoteId = XungeCoreApi.DutyNoteId
