extension WorkerPool {
  /// Reads pieces one after another, transforms them with all threads, and hands the results over
  /// in the order of the pieces.
  ///
  /// At most `window × threads` pieces are held at once, so memory stays bounded however long the
  /// stream is. `next` and `consume` run on the caller's thread.
  ///
  /// - Parameters:
  ///   - window: how many pieces a thread has waiting; more smooths uneven pieces.
  ///   - next: the next piece, or nil at the end of the stream.
  ///   - transform: the work on one piece, called from several threads.
  ///   - consume: takes a result; called in order.
  public func stream<Piece: Sendable, Result: Sendable>(
    window: Int = 4,
    next: () throws -> Piece?,
    transform: @Sendable (Piece) -> Result,
    consume: (Result) throws -> Void
  ) throws {
    while true {
      var batch: [Piece] = []
      while batch.count < window * threads, let piece = try next() { batch.append(piece) }
      if batch.isEmpty { return }
      let pieces = batch
      for result in map(pieces.count, { transform(pieces[$0]) }) { try consume(result) }
    }
  }
}
