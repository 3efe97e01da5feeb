// What a program of a board deals with, so that it need not import each module by name.
@_exported public import Bytes
@_exported public import Cryptography
@_exported public import Device
@_exported public import MQTTClient
@_exported public import MbedTLSAdapter
@_exported public import Metering
@_exported public import Platform
@_exported public import TLS
@_exported public import Units
@_exported public import Wire
