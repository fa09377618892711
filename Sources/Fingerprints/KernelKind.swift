/// The instruction set that counts common bits; every kind gives the same answers.
public enum KernelKind: String, CaseIterable, Hashable, Sendable {
  /// Plain C for any processor.
  case portable
  /// 256-bit vectors with table look-ups of four bits.
  case avx2
  /// 512-bit vectors with the population-count instruction.
  case avx512

  /// Whether this processor can run it.
  public var isAvailable: Bool { Kernel.supports(self) }

  /// The kinds this processor can run, the slowest first.
  public static var available: [KernelKind] { allCases.filter(\.isAvailable) }

  /// The fastest kind this processor can run.
  public static var best: KernelKind {
    avx512.isAvailable ? .avx512 : avx2.isAvailable ? .avx2 : .portable
  }
}
