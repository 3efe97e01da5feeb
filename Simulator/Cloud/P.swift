import JWTKit
import NIOSSL
import NIOPosix
import X509
