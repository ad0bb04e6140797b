"""Mechanical mutants of a reference solution: one small change each, made in the syntax tree."""

import ast
import copy

_COMPARE = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
            ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
_ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
               ast.MatMult: ast.Mult, ast.Pow: ast.Mult, ast.Mod: ast.FloorDiv}  # fmt: skip
_WRAPPERS = ("sorted", "set", "list", "int", "abs", "float", "max", "min")
_DTYPES = {"float32": "float64", "float64": "float32", "int32": "float32", "int64": "float32"}


def mutants_of(source, begin, end):
    """Every mutant of an exercise cell.

    Only what stands between `begin` and `end` is changed, and the default values of arguments; but no message of
    an error, of which no docstring promises the text, and no ``verbose=``, which only prints.

    Parameters
    ----------
    source : str
        The cell, a Python program.
    begin, end : str
        The lines that mark the solution.

    Returns
    -------
    list of tuple of (str, str)
        What was changed, with its line, and the changed program. No two programs are the same.
    """
    tree = ast.parse(source)
    inside = _solution_lines(source, begin, end)
    found, seen = [], {ast.dump(tree)}
    shown = {part for node in ast.walk(tree) for part in _shown_parts(node)}
    for number, node in enumerate(ast.walk(tree)):
        if node in shown:
            continue
        defaults = isinstance(node, ast.arguments)
        if not defaults and getattr(node, "lineno", None) not in inside:
            continue
        for name, change in _changes(node):
            mutant = copy.deepcopy(tree)
            target = next(other for place, other in enumerate(ast.walk(mutant)) if place == number)
            change(target)
            shape = ast.dump(mutant)
            if shape not in seen:
                seen.add(shape)
                line = getattr(node, "lineno", 1)
                found.append((f"{name} in line {line}", ast.unparse(ast.fix_missing_locations(mutant))))
    return found


def _solution_lines(source, begin, end):
    lines, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif inside:
            lines.add(number)
    return lines


def _shown_parts(node):
    """What only somebody reads: everything inside the f-strings of a `raise`, the value of ``verbose=``."""
    if isinstance(node, ast.Raise):
        return [part for text in ast.walk(node) if isinstance(text, ast.JoinedStr) for part in ast.walk(text)]
    return list(ast.walk(node.value)) if isinstance(node, ast.keyword) and node.arg == "verbose" else []


def _changes(node):
    """Yield (what it is, a function that makes the change to the same node of a copy)."""
    if isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.BinOp):
        yield from _binary(node)
    elif isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            new = _COMPARE[type(operator)]
            yield f"{type(operator).__name__} to {new.__name__}", _set(("ops", place), new())
    elif isinstance(node, ast.BoolOp):
        new = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} to {new.__name__}", _set(("op",), new())
    elif isinstance(node, ast.UnaryOp):
        yield f"{type(node.op).__name__} dropped", _become("operand")
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition negated", _negate
        if isinstance(node, ast.If) and not node.orelse:
            yield "guard removed", _never
    elif isinstance(node, ast.Attribute) and node.attr in _DTYPES:
        yield f"{node.attr} to {_DTYPES[node.attr]}", _set(("attr",), _DTYPES[node.attr])
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.arguments):
        for place, default in enumerate(node.defaults):
            for name, value in _other_values(default):
                yield (
                    f"default of {node.args[len(node.args) - len(node.defaults) + place].arg} {name}",
                    _set(("defaults", place), value),
                )
    elif isinstance(node, ast.Slice):
        for edge in ("lower", "upper", "step"):
            if getattr(node, edge) is not None:
                yield f"{edge} end of a slice dropped", _set((edge,), None)
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "filter dropped", _set(("ifs",), [])
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "returns None", _set(("value",), ast.Constant(None))
    elif isinstance(node, ast.Raise):
        yield "error not raised", _become_pass
    elif isinstance(node, ast.Assign | ast.AugAssign | ast.Expr) and not _is_docstring(node):
        yield "statement removed", _become_pass
    elif isinstance(node, ast.Continue):
        yield "continue to break", _become_other(ast.Break)
    elif isinstance(node, ast.Break):
        yield "break to continue", _become_other(ast.Continue)


def _constant(node):
    value = node.value
    if isinstance(value, bool):
        yield f"{value} to {not value}", _set(("value",), not value)
    elif isinstance(value, int | float):
        yield f"{value} to {value + 1}", _set(("value",), value + 1)
        yield f"{value} to {value - 1}", _set(("value",), value - 1)
    elif isinstance(value, str) and value in _DTYPES:
        yield f"{value} to {_DTYPES[value]}", _set(("value",), _DTYPES[value])


def _binary(node):
    if type(node.op) in _ARITHMETIC:
        new = _ARITHMETIC[type(node.op)]
        yield f"{type(node.op).__name__} to {new.__name__}", _set(("op",), new())
    if isinstance(node.right, ast.Constant) and isinstance(node.op, ast.Add | ast.Sub):
        yield f"{type(node.op).__name__} {node.right.value} dropped", _become("left")


def _call(node):
    if len(node.args) == 2 and not any(isinstance(arg, ast.Starred) for arg in node.args):
        yield "arguments swapped", _swap
    for place, keyword in enumerate(node.keywords):
        if keyword.arg not in (None, "verbose"):
            yield f"argument {keyword.arg} dropped", _drop_keyword(place)
    if isinstance(node.func, ast.Name) and node.func.id in _WRAPPERS:
        if len(node.args) == 1 and not node.keywords:
            yield f"{node.func.id}() dropped", _become_argument
        if node.func.id in ("max", "min"):
            yield f"{node.func.id} to the other", _other_extreme


def _other_values(default):
    if isinstance(default, ast.Constant):
        for name, change in _constant(default):
            other = copy.deepcopy(default)
            change(other)
            yield name, other


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _set(path, value):
    def change(node):
        if len(path) == 1:
            setattr(node, path[0], copy.deepcopy(value))
        else:
            getattr(node, path[0])[path[1]] = copy.deepcopy(value)

    return change


def _replace(node, other):
    """Turn `node` into `other` where it stands."""
    node.__class__ = other.__class__
    node.__dict__ = {**other.__dict__, "lineno": node.lineno, "col_offset": node.col_offset}


def _become(field):
    return lambda node: _replace(node, getattr(node, field))


def _become_other(kind):
    return lambda node: _replace(node, kind())


def _become_pass(node):
    _replace(node, ast.Pass())


def _become_argument(node):
    _replace(node, node.args[0])


def _negate(node):
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _never(node):
    node.test = ast.Constant(False)


def _swap(node):
    node.args = [node.args[1], node.args[0]]


def _drop_keyword(place):
    return lambda node: node.keywords.pop(place)


def _other_extreme(node):
    node.func.id = "min" if node.func.id == "max" else "max"
