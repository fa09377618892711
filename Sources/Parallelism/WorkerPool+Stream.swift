extension WorkerPool {
  /// Reads pieces one after another, transforms them with all threads, and hands the results over
  /// in the order of the pieces.
  ///
  /// Reading, work and consuming overlap: `next` and `consume` run on the caller's thread while the
  /// other threads work, and the caller works too when it has nothing to read or to hand over. At
  /// most `window × threads` pieces are between `next` and `consume`, so memory stays bounded
  /// however long the stream is. The order of the calls of `next` and the order of the calls of
  /// `consume` do not depend on the threads.
  ///
  /// When `next` throws, the pieces before it are still worked on and consumed, then its error is
  /// thrown. When `consume` throws, nothing more is read or consumed. Either way no transform runs
  /// any more when this returns.
  ///
  /// - Parameters:
  ///   - window: how many pieces a thread has waiting; more smooths uneven pieces.
  ///   - next: the next piece, or nil at the end of the stream; not called again after that.
  ///   - transform: the work on one piece, called from several threads.
  ///   - consume: takes a result; called in order.
  public func stream<Piece: Sendable, Result: Sendable>(
    window: Int = 4,
    next: () throws -> Piece?,
    transform: @Sendable (Piece) -> Result,
    consume: (Result) throws -> Void
  ) throws {
    precondition(window >= 1, "a stream needs a window of at least one piece, got \(window)")
    if threads == 1 {
      while let piece = try next() { try consume(transform(piece)) }
      return
    }
    // The helpers are gone before this call returns: `join` waits for them on every way out.
    try withoutActuallyEscaping(transform) { transform in
      let conveyor = Conveyor(helpers: threads - 1, transform)
      conveyor.start()
      defer { conveyor.join() }
      try conveyor.run(capacity: window * threads, next: next, consume: consume)
    }
  }
}
