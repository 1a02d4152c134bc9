#if canImport(SwiftUI) && os(iOS)
    import SwiftUI
    import XungeCoreApi
    import XungeFeatures

    /// This person and this device.
    struct MeScreen: View {
        let page: MeModel
        @Environment(\.language) private var language

        var body: some View {
            PageFrame(title: page.me?.person.name ?? Word.meTitle.of(language), field: page.field, asking: page.asking) {
                if let me = page.me {
                    Card {
                        fact(.meRoles, me.person.roles.map { $0.named.of(language) }.joined(separator: "、"))
                        if let body = me.person.organisation { fact(.meOrganisation, body.text) }
                        let beats = me.person.dutyGrids.joined(separator: "、")
                        fact(.meBeats, beats.isEmpty ? Word.homeNoBeat.of(language) : beats)
                        fact(.meServer, me.serverUrl)
                        fact(.meProtection, protection(me).of(language))
                    }
                }
                SoftButton(Word.meDelivery.named, icon: "shield", page.openDelivery)
                SoftButton(Word.leaveTitle.named, icon: "calendar", page.openLeave)
                SoftButton(Word.meSettings.named, icon: "gearshape", page.openSettings)
            } bottom: {
                Tabs(field: page.field)
            }
        }

        private func fact(_ name: Word, _ text: String) -> some View {
            VStack(alignment: .leading, spacing: 2) {
                Faint(name.of(language))
                Text(verbatim: text)
            }
        }

        private func protection(_ me: MePage) -> Word {
            if !me.encrypted { return .meNotEncrypted }
            return me.keyInHardware ? .meEncryptedHardware : .meEncrypted
        }
    }
#endif
