import Parallelism
import Tensors
import Testing

@testable import PropertyModels

@Suite("Distributions of columns")
struct ColumnDistributionTests {
  private let root3 = Float(3).squareRoot()

  @Test func `a number becomes its place, whatever the scale`() {
    let numbers = (0...640).map { Float($0) }
    let plain = ColumnDistribution(of: numbers)
    // A monotone change of the column moves no place at the quantiles.
    let skewed = ColumnDistribution(of: numbers.map { $0 * $0 * $0 })
    for number in stride(from: Float(0), through: 640, by: 10) {
      let place = plain.place(of: number)
      #expect(abs(place - (number / 320 - 1) * root3) < 1e-4)
      #expect(abs(skewed.place(of: number * number * number) - place) < 1e-4)
    }
    #expect(plain.place(of: -1e9) == -root3 && plain.place(of: 1e9) == root3)
  }

  @Test func `what most compounds have stands in the middle of their places`() {
    let numbers = [Float](repeating: 0, count: 60) + (1...40).map { Float($0) }
    let distribution = ColumnDistribution(of: numbers.shuffled())
    #expect(abs(distribution.place(of: 0) - (0.3 - 0.5) * 2 * root3) < 0.05)
    #expect(distribution.place(of: -1) == -root3)
  }

  @Test func `a column that never varies, an empty one and a missing number say nothing`() {
    #expect(ColumnDistribution(of: [2, 2, 2]).place(of: 2) == 0)
    #expect(ColumnDistribution(of: [2, 2, 2]).place(of: 7) == 0)
    #expect(ColumnDistribution(of: [.nan]).place(of: 1) == 0)
    #expect(ColumnDistribution(of: [1, 2, 3]).place(of: .nan) == 0)
  }

  @Test func `descriptors are scaled by the training compounds and read back to the bit`() throws {
    let table = CompoundTable(smiles: ["CCO", "c1ccccc1", "CC(=O)N", "CCCCCCCC", "C1CC1N", "OCCO"])
    let pool = WorkerPool(threads: 2)
    let features: [DenseFeature] = [.properties, .descriptors]
    let scaling = try DenseScaling(of: features, in: table, using: pool)
    let file = try Safetensors(decoding: Safetensors(tensors: scaling.tensors).encoded())
    let read = try DenseScaling(of: features, reading: file)
    #expect(read == scaling)
    let rows = try read.rows(of: table, using: pool)
    #expect(rows.allSatisfy { $0.count == 15 + 177 && !$0.contains { !$0.isFinite } })
    // What they say differs from compound to compound, and never far.
    #expect(Set(rows.map { $0[15...].reduce(0, +) }).count == rows.count)
    #expect(rows.allSatisfy { $0[15...].allSatisfy { abs($0) <= root3 } })
    var broken = file
    broken.tensors["dense.quantiles"] = Tensor.zeros([177, 64])
    #expect(throws: SafetensorsError.self) { try DenseScaling(of: features, reading: broken) }
    let count = 177 * ColumnDistribution.count
    broken.tensors["dense.quantiles"] = Tensor(
      [177, ColumnDistribution.count], (0..<count).map { Float(-$0) })
    #expect(throws: SafetensorsError.self) { try DenseScaling(of: features, reading: broken) }
  }
}
