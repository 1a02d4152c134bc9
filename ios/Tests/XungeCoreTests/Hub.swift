import Foundation
import XungeCoreApi

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

struct HubFailure: Error {
    let said: String
}

/// A real hub process on loopback with the demo city. `XUNGE_HUB` names the binary; scripts/swift.sh sets it.
@MainActor
final class Hub {
    let url: String
    let enrolmentCode: String
    private let password: String
    private let process = Process()

    init(folder: URL) throws {
        guard let binary = ProcessInfo.processInfo.environment["XUNGE_HUB"] else {
            throw HubFailure(said: "XUNGE_HUB names no hub: run scripts/swift.sh")
        }
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = [
            "demo", "--listen", "127.0.0.1:0", "--cases", "10", "--data", folder.path,
            // However full the disk of this machine is.
            "--refuse-photos-at", "100",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var greeting = Greeting(output.fileHandleForReading)
        do {
            url = try greeting.after("listening on ")
            password = try greeting.after("password (all): ")
            // The last line of the greeting: nobody reads the pipe after it.
            let code = try greeting.after("enrolment code for worker-putian: ")
            enrolmentCode = String(code.prefix { $0 != " " })
        } catch {
            process.terminate()
            process.waitUntilExit()
            throw error
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// The bytes of a photo as somebody logged in at the hub gets them.
    func photoSeen(by person: String, _ hash: PhotoHash) async throws -> Data {
        var login = URLRequest(url: try address("/api/session"))
        login.httpMethod = "POST"
        login.setValue("application/json", forHTTPHeaderField: "content-type")
        login.httpBody = Data(#"{"person":"\#(person)","password":"\#(password)"}"#.utf8)
        let session = try await answered(login).response.value(forHTTPHeaderField: "set-cookie")
        var photo = URLRequest(url: try address("/photos/\(hash.text)"))
        photo.setValue(session.map { String($0.prefix { $0 != ";" }) }, forHTTPHeaderField: "cookie")
        return try await answered(photo).body
    }

    private func address(_ path: String) throws -> URL {
        guard let found = URL(string: url + path), found.host == "127.0.0.1" else {
            throw HubFailure(said: "only the hub beside the test is asked, not \(url)")
        }
        return found
    }

    private func answered(_ request: URLRequest) async throws -> (body: Data, response: HTTPURLResponse) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        let (body, response) = try await URLSession(configuration: configuration).data(for: request)
        guard let answer = response as? HTTPURLResponse, answer.statusCode == 200 else {
            throw HubFailure(said: "\(response)")
        }
        return (body, answer)
    }
}

/// Reads what the hub says when it starts, line by line.
private struct Greeting {
    private let handle: FileHandle
    private var text = ""

    init(_ handle: FileHandle) { self.handle = handle }

    /// What stands after this text in the next line that holds it.
    mutating func after(_ start: String) throws -> String {
        while true {
            let line = try nextLine()
            if let found = line.range(of: start) { return String(line[found.upperBound...]) }
        }
    }

    private mutating func nextLine() throws -> String {
        while true {
            if let end = text.firstIndex(of: "\n") {
                defer { text = String(text[text.index(after: end)...]) }
                return String(text[..<end])
            }
            let read = handle.availableData
            if read.isEmpty { throw HubFailure(said: "the hub ended; it had said \(text)") }
            text += String(decoding: read, as: UTF8.self)
        }
    }
}
