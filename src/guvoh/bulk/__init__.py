"""The same steps over millions of crawled pages, on one machine or on a Spark cluster."""
