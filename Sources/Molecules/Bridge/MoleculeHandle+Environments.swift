internal import CRDKit

extension MoleculeHandle {
  func sharedRadii(radius: Int, bits: Int, words: [UInt64]) throws(MoleculeError) -> [Int] {
    var radii = [UInt8](repeating: 0, count: atomCount)
    try unsafe Toolkit.call { failure in
      unsafe words.withUnsafeBufferPointer { words in
        unsafe radii.withUnsafeMutableBufferPointer { radii in
          unsafe crdkit_shared_radii(
            pointer, UInt32(clamping: radius), UInt32(clamping: bits), words.baseAddress,
            words.count, radii.baseAddress, radii.count, failure)
        }
      }
    }
    return radii.map(Int.init)
  }
}
