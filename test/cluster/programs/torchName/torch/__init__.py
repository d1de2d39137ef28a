"""Not PyTorch. It lets `import torch`, and looking something up in it, succeed where PyTorch is not installed.

Everything in it is a class that can be derived from; calling one gives the function that it decorates, else a thing
that is false. Nothing is computed.
"""

import importlib.abc
import importlib.machinery
import sys
import types


class Name(type):
    def __new__(meta, name, bases=(), space=None, **_):
        return super().__new__(meta, name, bases, space or {})

    def __init__(cls, *_, **__):
        super().__init__(cls.__name__, (), {})

    def __getattr__(cls, name):
        return look_up(name)

    def __or__(cls, _):
        return cls

    __ror__ = __getitem__ = __or__


class Thing(metaclass=Name):
    def __new__(cls, *args, **_):
        return args[0] if len(args) == 1 and isinstance(args[0], types.FunctionType) else super().__new__(cls)

    def __init__(self, *args, **_):
        self.type = args[0] if args else None  # of a torch.device

    def __call__(self, *args, **_):
        return args[0] if len(args) == 1 and callable(args[0]) else self

    def __getattr__(self, name):
        return look_up(name)()

    def __bool__(self):
        return False


def look_up(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Name(name, (Thing,))


class Module(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        return look_up(name)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.startswith("torch.") else None

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.append(Finder())
sys.modules[__name__].__class__ = Module
