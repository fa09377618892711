/// What passes the messages of a network.
public enum MessageKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// From bond to bond, each in both directions and never straight back (Yang et al. 2019).
  case bonds
  /// From atom to atom (Gilmer et al. 2017).
  case atoms
}
