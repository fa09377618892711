import Foundation

// `Fuzz seeds TARGET FOLDER` writes the sound inputs; `Fuzz TARGET ARGUMENTS…` runs libFuzzer.

let arguments = CommandLine.arguments
let isSeeding = arguments.count == 4 && arguments[1] == "seeds"
guard let chosen = fuzzTarget(named: arguments.dropFirst(isSeeding ? 2 : 1).first) else {
  print("usage: Fuzz [seeds] fps|fpb|segment|smarts …")
  exit(2)
}
if isSeeding {
  let folder = URL(fileURLWithPath: arguments[3])
  for (number, seed) in try chosen.seeds().enumerated() {
    try Data(seed).write(to: folder.appending(path: "seed-\(number)"))
  }
} else {
  fuzz(chosen)
}
