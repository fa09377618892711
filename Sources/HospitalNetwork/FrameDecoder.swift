import Hospitals
import Governance
import Provenance
import NIOCore
import NIOPosix
import NIOSSL
