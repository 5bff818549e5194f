"""How the reader's encoder is made, from corpora to ONNX."""
