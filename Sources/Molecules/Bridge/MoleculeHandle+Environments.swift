internal import CRDKit

extension MoleculeHandle {
  func sharedAtoms(radius: Int, bits: Int, words: [UInt64]) throws(MoleculeError) -> [Int] {
    var shared = [UInt8](repeating: 0, count: atomCount)
    try unsafe Toolkit.call { failure in
      unsafe words.withUnsafeBufferPointer { words in
        unsafe shared.withUnsafeMutableBufferPointer { shared in
          unsafe crdkit_shared_atoms(
            pointer, UInt32(clamping: radius), UInt32(clamping: bits), words.baseAddress,
            words.count, shared.baseAddress, shared.count, failure)
        }
      }
    }
    return shared.indices.filter { shared[$0] == 1 }
  }
}
