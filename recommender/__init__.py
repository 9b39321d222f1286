"""Next-best products: LightFM on leave-one-out contexts, with exact reasons and a gate.

Data flows one way::

    tables → dataset → attributes, contexts → factors, softmax → mixing → gauge → model
    model, peers, readiness, gate → recommend (products for a client)
                                → ranking   (clients for a product)
    training → storage; evaluate measures every method on hidden holdings
"""
