/// The steps that bring a structure to one standard form, taken in the order below.
public struct Standardizer: Hashable, Codable, Sendable {
  /// Splits metal bonds, normalises functional groups and reionises (RDKit's `Cleanup`).
  public var cleansUp: Bool

  /// Keeps the fragment with most atoms, then the heaviest (RDKit's `LargestFragmentChooser`).
  public var keepsLargestFragment: Bool

  /// Neutralises charges that protons can neutralise (RDKit's `Uncharger`), then cleans up again.
  public var uncharges: Bool

  /// Rewrites the structure as its canonical tautomer; nil leaves the tautomer as it is.
  public var tautomers: TautomerLimits?

  /// How much work the canonical tautomer may cost.
  public struct TautomerLimits: Hashable, Codable, Sendable {
    /// Most tautomers to enumerate; at the limit the best of those found is taken.
    public var tautomers: Int

    /// Most transformations to apply; at the limit the best tautomer found is taken.
    public var transforms: Int

    /// Seconds after which the structure is refused as timed out.
    public var seconds: Double

    /// Creates limits; the defaults of the counts are RDKit's.
    public init(tautomers: Int = 1_000, transforms: Int = 1_000, seconds: Double = 10) {
      self.tautomers = tautomers
      self.transforms = transforms
      self.seconds = seconds
    }
  }

  /// Creates a standardizer from its steps.
  public init(
    cleansUp: Bool = true, keepsLargestFragment: Bool = true, uncharges: Bool = true,
    tautomers: TautomerLimits? = nil
  ) {
    self.cleansUp = cleansUp
    self.keepsLargestFragment = keepsLargestFragment
    self.uncharges = uncharges
    self.tautomers = tautomers
  }

  /// Cleanup, largest fragment, uncharge: RDKit's charge parent, with its tautomer as drawn.
  public static let `default` = Standardizer()

  /// The default steps and then the canonical tautomer.
  public static let canonicalTautomer = Standardizer(tautomers: TautomerLimits())
}
