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
    private var sessions: [String: [String: String]] = [:]

    private let folder: URL
    private let binary: URL

    init(folder: URL) throws {
        guard let binary = ProcessInfo.processInfo.environment["XUNGE_HUB"] else {
            throw HubFailure(said: "XUNGE_HUB names no hub: run scripts/swift.sh")
        }
        (self.folder, self.binary) = (folder, URL(fileURLWithPath: binary))
        process.executableURL = self.binary
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

    /// Imports a table of the city beside the serving hub.
    func importTable(_ table: String, _ rows: String) throws {
        let file = folder.appendingPathComponent("\(table).csv")
        try Data(rows.utf8).write(to: file)
        try command(
            "import", "--table", table, "--effective-date", "2025-06-30", "--edition", "story", "--data", folder.path, file.path)
    }

    /// Draws a made-up base map around the city's grids, and imports it.
    func importBaseMap() throws {
        let file = folder.appendingPathComponent("sample.mbtiles").path
        try command("base-map", "sample", "--data", folder.path, "--to", file, "--zoom-min", "13", "--zoom-max", "16")
        try command("base-map", "import", "--data", folder.path, file)
    }

    /// Runs the hub's own command beside the one that serves.
    private func command(_ arguments: String...) throws {
        let command = Process()
        command.executableURL = binary
        command.arguments = arguments
        command.standardOutput = Pipe()
        try command.run()
        command.waitUntilExit()
        if command.terminationStatus != 0 { throw HubFailure(said: "\(arguments) did not work") }
    }

    /// The bytes of a photo as somebody logged in at the hub gets them.
    func photoSeen(by person: String, _ hash: PhotoHash) async throws -> Data {
        try await asked(by: person, "/photos/\(hash.text)")
    }

    /// What somebody at a desk does: an action as JSON, which has to be accepted.
    func act(_ person: String, on id: DocumentId, _ action: String) async throws {
        let answer = String(decoding: try await asked(by: person, "/api/cases/\(id.text)/actions", action), as: UTF8.self)
        guard answer.contains(#""outcome":"accepted""#) else { throw HubFailure(said: "\(person), \(action): \(answer)") }
    }

    /// A one-time code for somebody's next device.
    func code(for person: String) async throws -> String {
        let answer = try await asked(by: "admin", "/api/people/\(person)/enrolment-codes", "")
        return try field("code", of: answer)
    }

    /// What the hub answers to somebody who is logged in; with a body it is posted.
    func asked(by person: String, _ path: String, _ body: String? = nil) async throws -> Data {
        var request = URLRequest(url: try address(path))
        for (name, value) in try await session(person) { request.setValue(value, forHTTPHeaderField: name) }
        if let body {
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "content-type")
            request.httpBody = Data(body.utf8)
        }
        return try await answered(request).body
    }

    /// The headers of somebody who is logged in.
    private func session(_ person: String) async throws -> [String: String] {
        if let known = sessions[person] { return known }
        var login = URLRequest(url: try address("/api/session"))
        login.httpMethod = "POST"
        login.setValue("application/json", forHTTPHeaderField: "content-type")
        login.httpBody = Data(#"{"person":"\#(person)","password":"\#(password)"}"#.utf8)
        let (body, response) = try await answered(login)
        let cookie = response.value(forHTTPHeaderField: "set-cookie").map { String($0.prefix { $0 != ";" }) }
        let headers = ["cookie": cookie ?? "", "x-csrf-token": try field("csrf", of: body)]
        sessions[person] = headers
        return headers
    }

    /// A text of a JSON object.
    private func field(_ name: String, of body: Data) throws -> String {
        let object = try JSONSerialization.jsonObject(with: body) as? [String: Any]
        guard let text = object?[name] as? String else {
            throw HubFailure(said: "no \(name) in \(String(decoding: body, as: UTF8.self))")
        }
        return text
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
        guard let answer = response as? HTTPURLResponse, (200..<300).contains(answer.statusCode) else {
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
