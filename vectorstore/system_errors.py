"""What the operating system says of a file that it refuses, in Chinese."""

from __future__ import annotations

import errno

_SAID = {
    errno.ENOENT: "文件或文件夹不存在，请检查路径",
    errno.EACCES: "没有权限，请检查文件和文件夹的权限",
    errno.EPERM: "没有权限，请检查文件和文件夹的权限",
    errno.EISDIR: "这是文件夹，请给出文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "链接互相指向",
    errno.ENOSPC: "磁盘空间不足，请清理后重试",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "所在的磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被其他程序占用",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
}


def refusal(error: OSError) -> str:
    """Return in one Chinese phrase why the operating system refused.

    Args:
        error: what Python raised for it.
    """
    return _SAID.get(error.errno or 0, f"系统错误 {errno.errorcode.get(error.errno or 0, '')}".rstrip())
