"""Labels the pages named on the command line, over one stream.

    pip install grpcio grpcio-tools
    python client.py --proto ../../../proto --addr localhost:8420 page.html ...

The messages are generated when it starts. With --ca it speaks TLS and trusts
that authority, and with a token in the variable PAGESIEVE_TOKEN it says who
calls.
"""

import argparse
import importlib
import json
import os
import pathlib
import sys
import tempfile

import grpc
from grpc_tools import protoc

SERVICE_CONFIG = json.dumps({
    "methodConfig": [{
        "name": [{"service": "pagesieve.v1.FilterService", "method": "Classify"}],
        "timeout": "30s",
        "retryPolicy": {
            "maxAttempts": 4,
            "initialBackoff": "0.1s",
            "maxBackoff": "2s",
            "backoffMultiplier": 2,
            "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
        },
    }],
})


def generate(proto, out):
    """Makes Python of the proto files, and imports it."""
    files = ["pagesieve/v1/pagesieve.proto", "google/rpc/status.proto"]
    code = protoc.main([
        "protoc", f"-I{proto}", f"-I{proto}/third_party", f"-I{pathlib.Path(protoc.__file__).parent}/_proto",
        f"--python_out={out}", f"--grpc_python_out={out}", *files,
    ])
    if code != 0:
        sys.exit("client: the proto files cannot be read: is --proto right?")
    sys.path.insert(0, out)
    return (importlib.import_module("pagesieve.v1.pagesieve_pb2"),
            importlib.import_module("pagesieve.v1.pagesieve_pb2_grpc"))


def connect(addr, ca):
    options = [("grpc.service_config", SERVICE_CONFIG), ("grpc.max_receive_message_length", 64 << 20)]
    if ca:
        root = pathlib.Path(ca).read_bytes()
        return grpc.secure_channel(addr, grpc.ssl_channel_credentials(root), options)
    return grpc.insecure_channel(addr, options)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--proto", default=str(pathlib.Path(__file__).parents[3] / "proto"))
    args.add_argument("--addr", default="localhost:8420")
    args.add_argument("--ca")
    args.add_argument("pages", nargs="+")
    args = args.parse_args()
    with tempfile.TemporaryDirectory() as out:
        pb, rpc = generate(args.proto, out)
        token = os.environ.get("PAGESIEVE_TOKEN")
        metadata = [("authorization", f"Bearer {token}")] if token else []

        def requests():
            for name in args.pages:
                page = pb.Page(id=name, html=pathlib.Path(name).read_bytes())
                yield pb.ClassifyStreamRequest(request=pb.ClassifyRequest(page=page))

        with connect(args.addr, args.ca) as channel:
            for answer in rpc.FilterServiceStub(channel).ClassifyStream(requests(), metadata=metadata):
                if answer.HasField("error"):
                    print(f"{answer.id}: {answer.error.message}")
                    continue
                r = answer.response
                print(f"{answer.id}: {pb.Verdict.Name(r.verdict)}, quality {r.quality:.2f}, {len(r.blocks)} blocks\n{r.text}")


if __name__ == "__main__":
    try:
        main()
    except grpc.RpcError as e:
        sys.exit(f"client: {e.code().name}: {e.details()}")
