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
}
