import Foundation

/// A headless Chromium, spoken to over its debugging pipe.
///
/// The page under test is the very file the product wrote: nothing is added to it, keys are real
/// key events, and errors are those the browser reports.
final class Browser {
  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let profile: URL
  private var buffer = Data()
  private var lastID = 0
  private var session: String?
  /// What went wrong in the page: uncaught errors, failed loads, broken policy.
  private(set) var complaints: [String] = []

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Where Chromium is, if it is installed.
  static let executable: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/chromium" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  init() throws {
    guard let chromium = Self.executable else { throw Failure(description: "no chromium") }
    profile = FileManager.default.temporaryDirectory.appending(path: "osong-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Chromium reads commands from descriptor 3 and answers on 4.
    process.arguments = [
      "-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", chromium, "--headless",
      "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
      "--user-data-dir=\(profile.path)", "about:blank",
    ]
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
    // A browser that hangs must not hang the tests: its end ends every wait below.
    let started = process
    Task.detached {
      try await Task.sleep(for: .seconds(120))
      if started.isRunning { started.terminate() }
    }
    let target = try send("Target.createTarget", ["url": "about:blank"])
    let attached = try send(
      "Target.attachToTarget", ["targetId": target["targetId"] ?? "", "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log"] { try send("\(domain).enable") }
  }

  deinit {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: profile)
  }

  /// Opens a file in a window of a size.
  func open(_ file: URL, width: Int, height: Int, dark: Bool = false) throws {
    try send(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600])
    try send(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
    try send("Page.navigate", ["url": file.absoluteString])
    for _ in 0..<400
    where try evaluate("document.readyState + location.protocol") != "completefile:" {
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  /// The value of an expression, as text.
  @discardableResult
  func evaluate(_ expression: String) throws -> String {
    let answer = try send(
      "Runtime.evaluate", ["expression": "String(\(expression))", "returnByValue": true])
    if let details = answer["exceptionDetails"] { throw Failure(description: "\(details)") }
    return (answer["result"] as? [String: Any])?["value"] as? String ?? ""
  }

  /// Presses and releases a key, as a keyboard does.
  func press(_ key: String, code: Int, text: String = "") throws {
    for type in ["keyDown", "keyUp"] {
      try send(
        "Input.dispatchKeyEvent",
        [
          "type": type, "key": key, "windowsVirtualKeyCode": code,
          "text": type == "keyDown" ? text : "",
        ])
    }
  }

  /// Types a text into what has the focus.
  func type(_ text: String) throws { try send("Input.insertText", ["text": text]) }

  /// A picture of the window, or of the whole page.
  func screenshot(whole: Bool = false) throws -> Data {
    let answer = try send("Page.captureScreenshot", ["captureBeyondViewport": whole])
    return (answer["data"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
  }

  /// The page as it would be printed.
  func pdf() throws -> Data {
    let answer = try send(
      "Page.printToPDF", ["preferCSSPageSize": true, "printBackground": true])
    return (answer["data"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
  }

  @discardableResult
  private func send(_ method: String, _ params: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    var message: [String: Any] = ["id": lastID, "method": method, "params": params]
    if let session { message["sessionId"] = session }
    var bytes = try JSONSerialization.data(withJSONObject: message)
    bytes.append(0)
    try commands.fileHandleForWriting.write(contentsOf: bytes)
    while true {
      let answer = try receive()
      if let event = answer["method"] as? String { note(event, answer["params"]) }
      guard answer["id"] as? Int == lastID else { continue }
      if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  private func receive() throws -> [String: Any] {
    while true {
      if let end = buffer.firstIndex(of: 0) {
        let message = buffer[..<end]
        buffer = Data(buffer[buffer.index(after: end)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      let more = answers.fileHandleForReading.availableData
      if more.isEmpty { throw Failure(description: "the browser ended") }
      buffer.append(more)
    }
  }

  private func note(_ event: String, _ params: Any?) {
    switch event {
    case "Runtime.exceptionThrown": complaints.append("\(params ?? "")")
    case "Log.entryAdded":
      let entry = (params as? [String: Any])?["entry"] as? [String: Any]
      complaints.append("\(entry?["level"] ?? ""): \(entry?["text"] ?? "")")
    default: break
    }
  }
}
