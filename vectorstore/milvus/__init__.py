"""Keywords and vectors in Milvus, for libraries that one machine does not hold."""
