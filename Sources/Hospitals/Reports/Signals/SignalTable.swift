import Statistics

/// Signals as a table, an empty field where a number is undefined.
public enum SignalTable {
  /// The columns' names.
  public static let header = [
    "drug", "event", "reports", "drug_reports", "event_reports", "all_reports", "expected", "prr",
    "prr_low", "prr_high", "ror", "ror_low", "ror_high", "chi_squared_yates", "ic", "ic025", "ebgm",
    "eb05", "eb95", "first_component", "p", "q",
  ]

  /// A signal's fields.
  public static func row(_ signal: Signal) -> [String] {
    let counts = signal.counts
    let (proportional, odds, shrunk) = (signal.proportional, signal.odds, signal.shrunk)
    return [signal.drug, signal.event]
      + [counts.both, counts.drug, counts.event, counts.total].map { "\($0)" }
      + [
        signal.expected, proportional?.value, proportional?.interval?.lower,
        proportional?.interval?.upper, odds?.value, odds?.interval?.lower, odds?.interval?.upper,
        counts.yates, signal.component.value, signal.component.lower, shrunk?.mean, shrunk?.lower,
        shrunk?.upper, shrunk?.share, signal.pValue, signal.qValue,
      ].map { $0.map { "\($0)" } ?? "" }
  }
}
