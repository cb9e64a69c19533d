"""Calls of gRPC between real ends: "serve PORT KEY CHAIN", or "call PROXY AUTHORITY CASE"."""
import concurrent.futures
import os
import sys
import threading
import time

import grpc

HOST = "calls.example:443"
MANY = 200
ROOM = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
cancelled = threading.Event()


def echo(request, context):
    context.send_initial_metadata((("x-first", "1"),))
    context.set_trailing_metadata((("x-last", "2"),))
    return request


def fail(request, context):
    context.abort(grpc.StatusCode.NOT_FOUND, "no such thing: 100 %")


def broken(request, context):
    yield b"begun"
    context.abort(grpc.StatusCode.DATA_LOSS, "half of it")


def many(request, context):
    for i in range(MANY):
        yield b"%d" % i + request


def total(requests, context):
    return b"%d" % sum(len(r) for r in requests)


def chat(requests, context):
    for r in requests:
        yield r


def early(requests, context):
    for r in requests:
        return r


def wait(request, context):
    context.add_callback(cancelled.set)
    while context.is_active():
        time.sleep(0.02)
    yield b""


def was_cancelled(request, context):
    return b"%d" % cancelled.wait(10)


def serve(port, key, chain):
    one, out = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
    into, both = grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(60), options=ROOM)
    handlers = {
        "Echo": one(echo), "Fail": one(fail), "Cancelled": one(was_cancelled), "Many": out(many),
        "Broken": out(broken), "Wait": out(wait), "Total": into(total), "Early": into(early),
        "Chat": both(chat),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("t.Calls", handlers),))
    pair = [(open(key, "rb").read(), open(chain, "rb").read())]
    server.add_secure_port("127.0.0.1:" + port, grpc.ssl_server_credentials(pair))
    server.start()
    server.wait_for_termination(600)


class Cases:
    def __init__(self, channel):
        self.echo, self.fail = channel.unary_unary("/t.Calls/Echo"), channel.unary_unary("/t.Calls/Fail")
        self.many, self.broken = channel.unary_stream("/t.Calls/Many"), channel.unary_stream("/t.Calls/Broken")
        self.wait, self.early = channel.unary_stream("/t.Calls/Wait"), channel.stream_unary("/t.Calls/Early")
        self.total, self.chat = channel.stream_unary("/t.Calls/Total"), channel.stream_stream("/t.Calls/Chat")
        self.cancelled, self.judged = channel.unary_unary("/t.Calls/Cancelled"), channel.unary_unary("/t.Listed/Echo")

    def unary(self):
        answer, call = self.echo.with_call(b"hello", metadata=(("x-bin", b"\0\1"),), timeout=20)
        return answer.decode(), dict(call.initial_metadata())["x-first"], dict(call.trailing_metadata())["x-last"]

    def empty(self):
        return len(self.echo(b"", timeout=20))

    def server_streaming(self):
        return [m for m in self.many(b"!", timeout=20)] == [b"%d!" % i for i in range(MANY)]

    def client_streaming(self):
        return int(self.total((b"x" * i for i in range(MANY)), timeout=20)) == sum(range(MANY))

    def bidi(self):
        """The next question waits for the last answer."""
        turn = threading.Semaphore(1)

        def questions():
            for i in range(50):
                turn.acquire()
                yield b"%d" % i

        seen = []
        for answer in self.chat(questions(), timeout=20):
            seen.append(answer)
            turn.release()
        return seen == [b"%d" % i for i in range(50)]

    def trailers_only(self):
        return self.error(lambda: self.fail(b"", timeout=20))

    def error_after_data(self):
        seen = []
        return self.error(lambda: seen.extend(self.broken(b"", timeout=20))), seen

    def error(self, call):
        try:
            call()
        except grpc.RpcError as e:
            return e.code().name, e.details()
        return "none"

    def early_answer(self):
        def endless():
            while True:
                yield b"y" * 1000
        return len(self.early(endless(), timeout=20))

    def deadline(self):
        return self.error(lambda: list(self.wait(b"", timeout=0.5))), self.cancelled(b"", timeout=20).decode()

    def cancel(self):
        call = self.wait(b"", timeout=20)
        threading.Timer(0.3, call.cancel).start()
        return self.error(lambda: list(call))[0], self.cancelled(b"", timeout=20).decode()

    def large(self):
        big = os.urandom(10 << 20)
        return self.echo(big, timeout=60) == big

    def large_streams(self):
        parts = [os.urandom(1 << 20) for _ in range(10)]
        return list(self.chat(iter(parts), timeout=60)) == parts

    def concurrent(self):
        sent = [os.urandom(20_000) for _ in range(200)]
        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            return list(pool.map(lambda m: self.echo(m, timeout=30), sent)) == sent

    def slow_consumer(self):
        part, seen = os.urandom(100_000), 0
        for answer in self.many(part, timeout=60):
            assert answer == b"%d" % seen + part
            seen += 1
            if seen % 20 == 0:
                time.sleep(0.05)
        return seen

    def listed(self):
        return self.error(lambda: self.judged(b"", timeout=20))[0]


def call(proxy, authority, case):
    os.environ["https_proxy"] = "http://" + proxy
    credentials = grpc.ssl_channel_credentials(open(authority, "rb").read())
    with grpc.secure_channel(HOST, credentials, options=ROOM) as channel:
        print(getattr(Cases(channel), case)())


if __name__ == "__main__":
    {"serve": serve, "call": call}[sys.argv[1]](*sys.argv[2:])
