"""Words in pictures: the engines that find and read them, for scans and for photographs."""
