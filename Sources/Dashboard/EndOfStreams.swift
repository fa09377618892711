import ServiceLifecycle

/// Ends the streams of events when the server is asked to stop, so that it need not wait for them.
struct EndOfStreams: Service {
  let followers: Followers

  func run() async throws {
    try? await gracefulShutdown()
    await followers.close()
  }
}
