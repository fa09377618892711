import Tensors
import Testing

private let sample = SparseRows(columns: 5, entries: [[(1, 2), (3, 0.5)], [], [(0, 1)]])

@Test func `rows written out stand in their places`() {
  #expect(
    sample.dense() == Tensor([3, 5], [0, 2, 0, 0.5, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]))
}

@Test func `selected rows come in the order asked for, again if asked again`() {
  let chosen = sample.selecting([2, 0, 2, 1])
  #expect(chosen.dense() == sample.dense().selectingRows([2, 0, 2, 1]))
  #expect(sample[1..<3] == sample.selecting([1, 2]))
  #expect(sample.selecting([]).rows == 0)
}

@Test func `joined matrices stand side by side, ones beside values`() {
  let bits = SparseRows(columns: 3, setColumns: [[2], [0, 1], []])
  #expect(sample.joined(with: bits).dense() == sample.dense().joiningColumns(with: bits.dense()))
  #expect(bits.joined(with: sample).dense() == bits.dense().joiningColumns(with: sample.dense()))
  #expect(bits.joined(with: bits).values == nil)
}

@Test func `packed words unpack to the set bits, the highest too`() {
  let words: [UInt64] = [0b1001, 1 << 63, 0, 0]
  let rows = SparseRows(packedBits: words.span, bitCount: 128)
  #expect(rows == SparseRows(columns: 128, setColumns: [[0, 3, 127], []]))
  let none: [UInt64] = []
  #expect(SparseRows(packedBits: none.span, bitCount: 64).rows == 0)
}

@Test func `input dropout leaves entries out and scales the others`() {
  let rows = SparseRows(columns: 1000, setColumns: [Array(0..<1000), Array(0..<500)])
  let mask = DropoutMask(rate: 0.5, seed: 1, step: 1, place: 1)
  let thin = rows.dropping(mask)
  #expect((600...900).contains(thin.indices.count))
  #expect(thin.values?.allSatisfy { $0 == 2 } == true)
  #expect(thin == rows.dropping(mask))
  #expect(rows.dropping(DropoutMask(rate: 0, seed: 1, step: 1, place: 1)) == rows)
}
